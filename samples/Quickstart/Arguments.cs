namespace Quickstart;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(string? Database, string? Log)
{
    /// <summary>The arguments, or null where they make no sense.</summary>
    public static Arguments? Parse(string[] args) => args switch
    {
        [] => new(Database: null, Log: null),
        ["--db", var database] => new(database, Log: null),
        ["--db", var database, var log] => new(database, log),
        [var log, "--db", var database] => new(database, log),
        [var log] when log is not "--db" => new(Database: null, log),
        _ => null,
    };
}

/// <summary>The file of the database; a temporary one is deleted in the end.</summary>
internal sealed record DatabaseFile(string Path, string? Folder = null) : IDisposable
{
    public static DatabaseFile Temporary()
    {
        var folder = Directory.CreateTempSubdirectory("quickstart-").FullName;
        return new(System.IO.Path.Combine(folder, "log.db"), folder);
    }

    public void Dispose()
    {
        if (Folder is not null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}

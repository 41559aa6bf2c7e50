namespace Quickstart;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(string? Database, string? Log, bool Json)
{
    /// <summary>The arguments, or null where they make no sense.</summary>
    public static Arguments? Parse(string[] args)
    {
        string? database = null, log = null;
        var json = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--db" when database is null && i + 1 < args.Length:
                    database = args[++i];
                    break;
                case var file when log is null && !file.StartsWith("--", StringComparison.Ordinal):
                    log = file;
                    break;
                default:
                    return null;
            }
        }

        return new(database, log, json);
    }
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

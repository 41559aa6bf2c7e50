namespace Typed.Tests.Harness.Files;

/// <summary>The path of a SQLite database that does not exist yet; its folder, so also -wal and -shm, is deleted on dispose.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Path => _folder.File("test.db");

    public string ConnectionString => $"Data Source={Path}";

    public void Dispose() => _folder.Dispose();
}

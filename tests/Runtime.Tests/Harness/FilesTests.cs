using Microsoft.Data.Sqlite;
using Typed.Tests.Harness.Files;

namespace Typed.Runtime.Tests.Harness;

public class FilesTests
{
    [Fact]
    public async Task A_sqlite_file_leaves_nothing_behind()
    {
        string folder;
        using (var file = new SqliteFile())
        {
            folder = Path.GetDirectoryName(file.Path)!;
            Assert.False(File.Exists(file.Path));
            await using var connection = new SqliteConnection(file.ConnectionString + ";Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma journal_mode = wal; create table t (value int)";
            await command.ExecuteNonQueryAsync();
            Assert.True(File.Exists(file.Path + "-wal"));
        }

        Assert.False(Directory.Exists(folder));
    }
}

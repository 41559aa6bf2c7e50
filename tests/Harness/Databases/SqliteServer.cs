using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Typed.Tests.Harness.Files;

namespace Typed.Tests.Harness.Databases;

internal sealed class SqliteServer : DatabaseServer
{
    public override Task<EmptyDatabase> CreateAsync() => Task.FromResult<EmptyDatabase>(new EmptyFile());

    private sealed class EmptyFile : EmptyDatabase
    {
        private readonly SqliteFile _file = new();

        // Not pooled: a connection kept open would keep the file's -wal.
        public override string ConnectionString => $"{_file.ConnectionString};Pooling=False";

        public override void Choose(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

        public override ValueTask DisposeAsync()
        {
            _file.Dispose();
            return ValueTask.CompletedTask;
        }

        protected override string HoldSql => "BEGIN IMMEDIATE";

        protected override DbConnection Connect() => new SqliteConnection(ConnectionString);
    }
}

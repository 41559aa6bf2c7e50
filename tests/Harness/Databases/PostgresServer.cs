using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Tests.Harness.Databases;

internal sealed class PostgresServer : DatabaseServer
{
    public override async Task<EmptyDatabase> CreateAsync() => new EmptyPostgres(await PostgresCluster.CreateDatabaseAsync("suite"));

    private sealed class EmptyPostgres(TestDatabase database) : EmptyDatabase
    {
        public override string ConnectionString => database.ConnectionString;

        public override void Choose(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

        public override ValueTask DisposeAsync() => database.DisposeAsync();

        protected override string HoldSql => "BEGIN; LOCK TABLE typed_writers IN ACCESS EXCLUSIVE MODE";

        protected override DbConnection Connect() => new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
    }
}

using Npgsql;

namespace Typed.Tests.Harness.Postgres;

/// <summary>A database of one test's own.</summary>
public sealed class TestDatabase(string name, int uses, string connectionString) : IAsyncDisposable
{
    public string Name { get; } = name;

    public string ConnectionString { get; } = connectionString;

    public async ValueTask DisposeAsync()
    {
        // Connections that the pool would keep are dead after the drop; the next user of the pool must not get one.
        await using (var pooled = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await PostgresCluster.RemoveAsync(Name, uses);
    }
}

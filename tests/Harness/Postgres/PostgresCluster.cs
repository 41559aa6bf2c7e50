using Npgsql;

namespace Typed.Tests.Harness.Postgres;

/// <summary>
/// The PostgreSQL server of this test process: the one that <c>TYPED_POSTGRES</c> (a connection string) names, or else a
/// <see cref="PrivateCluster"/> that starts on first use and goes away with the process.
/// </summary>
public static class PostgresCluster
{
    private static readonly string? s_given = Environment.GetEnvironmentVariable("TYPED_POSTGRES") is { Length: > 0 } text ? text : null;
    private static readonly Lazy<Task<string>> s_connection = new(ConnectAsync);

    /// <summary>
    /// Connects with the right to create databases; starts the server when it is private and does not run yet. Where there is none, the running test is skipped.
    /// </summary>
    public static Task<string> GetConnectionStringAsync() => s_connection.Value;

    /// <summary>Creates an empty database; disposing takes it away, whoever is still connected.</summary>
    /// <param name="hint">A few letters that tell the database's purpose to whoever looks at the server.</param>
    public static async Task<TestDatabase> CreateDatabaseAsync(string hint = "test")
    {
        var letters = new string([.. hint.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(30)]);
        var name = $"typed_{letters}_{Guid.NewGuid():N}"[..Math.Min(63, 6 + letters.Length + 1 + 12)];
        var server = await GetConnectionStringAsync();
        var uses = s_given is null ? await SpareDatabases.TakeAsync(name) : null;
        if (uses is null)
        {
            await ExecuteAsync($"create database {name}");
        }

        return new TestDatabase(name, uses ?? 0, new NpgsqlConnectionStringBuilder(server) { Database = name, IncludeErrorDetail = true }.ConnectionString);
    }

    /// <summary>Ends every session on the database, as an administrator or a failover would, and waits until they are gone.</summary>
    /// <returns>The number of sessions ended.</returns>
    public static async Task<int> TerminateBackendsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(await GetConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // Materialized, because the planner is free to end a session before it looks at its database.
        command.CommandText = """
            with sessions as materialized (select pid from pg_stat_activity where datname = $1 and pid <> pg_backend_pid())
            select count(*)::int from sessions where pg_terminate_backend(pid, 5000)
            """;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = database });
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Takes away a database that a test is done with: only a private server, which goes with the process, keeps it for others.</summary>
    internal static async Task RemoveAsync(string name, int uses)
    {
        if (s_given is not null || !await SpareDatabases.KeepAsync(name, uses + 1))
        {
            await ExecuteAsync($"drop database if exists {name} with (force)");
        }
    }

    internal static Task ExecuteAsync(string sql) => ScalarAsync(sql);

    internal static async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await GetConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names in it are made here
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private static async Task<string> ConnectAsync()
    {
        if (s_given is not null)
        {
            return s_given;
        }

        var cluster = await PrivateCluster.CreateAsync();
        // A test host gets a tenth of a second to exit before it is killed; the guardian notices either way, and needs no waiting for.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Release();
        return cluster.ConnectionString;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Typed.Tests.Harness.Postgres;

/// <summary>
/// Databases of a private server that a test is done with, emptied for the next one: to make a database and to drop it costs the server ten times as much. Each
/// test sees one of a name that no other had, without a session, a setting or a count of the one before.
/// </summary>
internal static class SpareDatabases
{
    /// <summary>What was dropped stays in the catalogs as dead rows for a while, so no database serves for ever.</summary>
    private const int MostUses = 40;

    private const int MostLooks = 500;

    private const string Empty = """
        do $$
        declare
            old name;
        begin
            for old in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
                execute format('drop schema %I cascade', old);
            end loop;

            create schema public;
            grant usage on schema public to public;
            if current_setting('server_version_num')::int >= 150000 then
                alter schema public owner to pg_database_owner;
            else
                grant create on schema public to public;
            end if;
        end $$;
        select pg_stat_reset();
        """;

    private static readonly ConcurrentQueue<(string Name, int Uses)> s_spare = new();
    private static int s_number;

    /// <summary>Gives a spare database the name; null: there is none.</summary>
    /// <returns>How many tests it has served.</returns>
    public static async Task<int?> TakeAsync(string name)
    {
        if (!s_spare.TryDequeue(out var spare))
        {
            return null;
        }

        await PostgresCluster.ExecuteAsync($"alter database {spare.Name} rename to {name}");
        return spare.Uses;
    }

    /// <summary>Ends every session of a database and takes its name and all that is in it. False: it has to be dropped.</summary>
    public static async Task<bool> KeepAsync(string name, int uses)
    {
        if (uses >= MostUses)
        {
            return false;
        }

        var spare = string.Create(CultureInfo.InvariantCulture, $"typed_spare_{Interlocked.Increment(ref s_number)}");
        try
        {
            await PostgresCluster.ExecuteAsync($"alter database {name} allow_connections false; alter database {name} reset all");
            await LeaveAsync(name);
            await PostgresCluster.ExecuteAsync($"alter database {name} rename to {spare}; alter database {spare} allow_connections true");
        }
        catch (PostgresException)
        {
            // The test has dropped it, or a session does not end.
            return false;
        }

        try
        {
            await EmptyAsync(spare);
            await LeaveAsync(spare);
            s_spare.Enqueue((spare, uses));
        }
        catch (PostgresException)
        {
            await PostgresCluster.ExecuteAsync($"drop database {spare} with (force)");
        }

        return true;
    }

    private static async Task EmptyAsync(string spare)
    {
        var server = new NpgsqlConnectionStringBuilder(await PostgresCluster.GetConnectionStringAsync()) { Database = spare, Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Empty, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Sessions(string name) => $"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{name}'";

    /// <summary>Ends the sessions of a database. Looked at often, since the server itself looks only ten times a second, in what follows.</summary>
    private static async Task LeaveAsync(string name)
    {
        for (var look = 0; await PostgresCluster.ScalarAsync(Sessions(name)) is > 0L && look < MostLooks; look++)
        {
            await Task.Delay(2);
        }
    }
}

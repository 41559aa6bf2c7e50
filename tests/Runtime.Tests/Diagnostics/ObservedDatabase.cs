using Microsoft.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Npgsql;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>Listeners hear the whole process, so suites that listen do not run at the same time.</summary>
[CollectionDefinition(Name)]
public sealed class TelemetryCollection
{
    public const string Name = "Telemetry";
}

/// <summary>What suites that listen need to know of a kind of database, and how to hurt it.</summary>
public abstract class ObservedDatabase
{
    public static ObservedDatabase Sqlite { get; } = new OnSqlite();

    public static ObservedDatabase Postgres { get; } = new OnPostgres();

    /// <summary>The <c>error.type</c> of a table that is not there.</summary>
    public abstract string MissingTable { get; }

    /// <summary>The value of <c>db.namespace</c>.</summary>
    public abstract string NamespaceOf(EmptyDatabase database);

    /// <summary>The other tags of the database.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, object?>> TagsOf(EmptyDatabase database);

    /// <summary>Makes the database refuse points of <c>Hit</c> whose key is <c>poison</c>, and events of <c>Remark</c> numbered -1.</summary>
    public abstract Task RefuseAsync(EmptyDatabase database);

    /// <summary>Makes the database unable to write when asked to.</summary>
    public abstract Outage OutageOf(EmptyDatabase database);

    private sealed class OnSqlite : ObservedDatabase
    {
        public override string MissingTable => "Microsoft.Data.Sqlite.SqliteException";

        public override string NamespaceOf(EmptyDatabase database) => new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

        public override IReadOnlyList<KeyValuePair<string, object?>> TagsOf(EmptyDatabase database) =>
            [new("db.system.name", "sqlite"), new("server.address", null), new("server.port", null)];

        public override async Task RefuseAsync(EmptyDatabase database)
        {
            await database.ScalarAsync("CREATE TRIGGER refuse_hit BEFORE INSERT ON hit_day WHEN NEW.page = 'poison' BEGIN SELECT RAISE(ABORT, 'refused'); END");
            await database.ScalarAsync("CREATE TRIGGER refuse_remark BEFORE INSERT ON remark WHEN NEW.body ->> 'n' = -1 BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }

        public override Outage OutageOf(EmptyDatabase database) => new WriteLock(database.ConnectionString);
    }

    private sealed class OnPostgres : ObservedDatabase
    {
        public override string MissingTable => "42P01";

        public override string NamespaceOf(EmptyDatabase database) => Settings(database).Database!;

        public override IReadOnlyList<KeyValuePair<string, object?>> TagsOf(EmptyDatabase database) =>
        [
            new("db.system.name", "postgresql"), new("server.address", Settings(database).Host),
            new("server.port", Settings(database).Port is var port && port == NpgsqlConnection.DefaultPort ? null : port),
        ];

        public override async Task RefuseAsync(EmptyDatabase database)
        {
            await database.ScalarAsync("ALTER TABLE hit_day ADD CHECK (page <> 'poison')");
            await database.ScalarAsync("ALTER TABLE remark ADD CHECK (body ->> 'n' <> '-1')");
        }

        public override Outage OutageOf(EmptyDatabase database) => new Unplugged(BreakableProxy.To(database.ConnectionString));

        private static NpgsqlConnectionStringBuilder Settings(EmptyDatabase database) => new(database.ConnectionString);
    }

    /// <summary>Somebody else holds the write lock.</summary>
    private sealed class WriteLock(string connectionString) : Outage
    {
        private readonly SqliteConnection _connection = new(connectionString);
        private SqliteTransaction? _transaction;

        public override void Choose(DbContextOptionsBuilder options)
        {
            // The store uses the file itself.
        }

        public override void Begin()
        {
            _connection.Open();
            _transaction = _connection.BeginTransaction(deferred: false);
        }

        public override void End()
        {
            _transaction!.Dispose();
            _connection.Close();
        }

        public override ValueTask DisposeAsync() => _connection.DisposeAsync();
    }

    private sealed class Unplugged(BreakableProxy proxy) : Outage
    {
        public override void Choose(DbContextOptionsBuilder options) => options.UseNpgsql(proxy.ConnectionString);

        public override void Begin() => proxy.Unplug();

        public override void End() => proxy.Restore();

        public override ValueTask DisposeAsync() => proxy.DisposeAsync();
    }
}

/// <summary>A time in which a database takes no writes.</summary>
public abstract class Outage : IAsyncDisposable
{
    /// <summary>Leads a store to where the outage can reach it.</summary>
    public abstract void Choose(DbContextOptionsBuilder options);

    public abstract void Begin();

    public abstract void End();

    public abstract ValueTask DisposeAsync();
}

namespace Typed.Tests.Harness.Databases;

/// <summary>A kind of database that suites run on. A suite gets one and asks it for databases.</summary>
public abstract class DatabaseServer
{
    /// <summary>A file per database.</summary>
    public static DatabaseServer Sqlite { get; } = new SqliteServer();

    /// <summary>The server of this test process.</summary>
    public static DatabaseServer Postgres { get; } = new PostgresServer();

    public abstract Task<EmptyDatabase> CreateAsync();
}

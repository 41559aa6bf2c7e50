using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;

namespace Typed.Storage.Model;

internal enum DatabaseKind
{
    Sqlite,
    Postgres,
}

internal static class Dialects
{
    public static Dialect Of(DatabaseKind database) => database == DatabaseKind.Postgres ? PostgresDialect.Instance : SqliteDialect.Instance;

    /// <summary>The database behind an EF provider.</summary>
    /// <exception cref="NotSupportedException">The context uses another provider.</exception>
    public static DatabaseKind KindOf(string? provider) => provider switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => DatabaseKind.Postgres,
        "Microsoft.EntityFrameworkCore.Sqlite" => DatabaseKind.Sqlite,
        null => throw new InvalidOperationException("No database was chosen: call UseSqlite(...) or UseNpgsql(...) on the options."),
        _ => throw new NotSupportedException($"Typed stores its data in PostgreSQL or SQLite, and not through the provider '{provider}'."),
    };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Sqlite;

namespace Typed;

/// <summary>Chooses SQLite for a store.</summary>
public static class SqliteOptionsExtensions
{
    /// <summary>Keeps the data in a SQLite file, or with <c>Data Source=:memory:</c> for as long as the store lives.</summary>
    /// <param name="options">The store's options.</param>
    /// <param name="connectionString">For instance <c>Data Source=shop.db</c>. One that names no database is refused when the store is opened.</param>
    /// <param name="configure">The provider's own options.</param>
    public static TypedOptionsBuilder UseSqlite(
        this TypedOptionsBuilder options, string connectionString, Action<SqliteDbContextOptionsBuilder>? configure = null)
    {
        EngineRegistry.Register<SqliteEngine>();
        SqliteDbContextOptionsBuilderExtensions.UseSqlite(options, connectionString, configure);
        return options;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;

namespace Typed;

/// <summary>Readies an application's own context for declared types.</summary>
public static class DbContextOptionsExtensions
{
    /// <summary>
    /// On SQLite: lets queries find members of events whose names in JSON are not plain words (<c>user_name</c>), which EF Core alone does not, and makes bucket tables
    /// <c>WITHOUT ROWID</c>, half as large. On PostgreSQL nothing is needed, and nothing changes.
    /// </summary>
    /// <param name="options">The context's options, after <c>UseSqlite</c> or <c>UseNpgsql</c>.</param>
    /// <exception cref="InvalidOperationException">No database was chosen yet.</exception>
    public static DbContextOptionsBuilder UseTyped(this DbContextOptionsBuilder options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var provider = options.Options.Extensions.FirstOrDefault(extension => extension.Info.IsDatabaseProvider)
            ?? throw new InvalidOperationException("No database was chosen yet: call UseTyped() after UseSqlite(...) or UseNpgsql(...).");
#pragma warning disable EF1001 // The only way to tell the provider while options are built.
        switch (provider)
        {
            case SqliteOptionsExtension:
                options.ReplaceService<IMigrationsSqlGenerator, SqliteTables>();
                options.ReplaceService<IQuerySqlGeneratorFactory, SqliteQuerySqlFactory>();
                break;
            case NpgsqlOptionsExtension:
                options.ReplaceService<IQuerySqlGeneratorFactory, PostgresQuerySqlFactory>();
                break;
        }
#pragma warning restore EF1001

        return options;
    }

    /// <inheritdoc cref="UseTyped(DbContextOptionsBuilder)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseTyped<TContext>(this DbContextOptionsBuilder<TContext> options)
        where TContext : DbContext => (DbContextOptionsBuilder<TContext>)UseTyped((DbContextOptionsBuilder)options);
}

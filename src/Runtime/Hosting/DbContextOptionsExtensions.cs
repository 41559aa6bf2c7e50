using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Typed.Hosting;
using Typed.Storage.Model;
using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;
using Typed.Streams.Linq;

namespace Typed;

/// <summary>Readies an application's own context for declared types.</summary>
public static class DbContextOptionsExtensions
{
    /// <summary>
    /// What LINQ (<c>PageView.In(db).AsQueryable()</c>) gains over EF Core alone: values in bodies and in rows of series compare as in memory, members of JSON are found whatever
    /// their names, and whole events that a query returns are read as ranges read them. On SQLite it also makes bucket tables <c>WITHOUT ROWID</c>, half as large.
    /// What is inserted or put, and read in ranges, needs nothing.
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
                options.AddInterceptors(SqliteSetUp.Instance, SqliteNow.Instance);
                break;
            case NpgsqlOptionsExtension:
                options.ReplaceService<IQuerySqlGeneratorFactory, PostgresQuerySqlFactory>();
                break;
        }
#pragma warning restore EF1001
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(options.Options.FindExtension<TypedOptionsExtension>() ?? new TypedOptionsExtension());
        options.AddInterceptors(WholeEvents.Instance, CoarseSlots.Instance);

        return options;
    }

    /// <inheritdoc cref="UseTyped(DbContextOptionsBuilder)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseTyped<TContext>(this DbContextOptionsBuilder<TContext> options)
        where TContext : DbContext => (DbContextOptionsBuilder<TContext>)UseTyped((DbContextOptionsBuilder)options);
}

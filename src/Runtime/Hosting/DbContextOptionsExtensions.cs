using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Linq;

namespace Typed;

/// <summary>Readies an application's own context for declared types.</summary>
public static class DbContextOptionsExtensions
{
    /// <summary>
    /// Adds what LINQ (<c>PageView.In(db).AsQueryable()</c>) needs beyond EF Core: values in bodies and in rows of series compare as in memory, members of JSON
    /// are found whatever their names, and whole events that a query returns are read as ranges read them. On SQLite it also makes bucket tables
    /// <c>WITHOUT ROWID</c>, half as large. Inserts, puts and reads of ranges work without it.
    /// </summary>
    /// <param name="options">The context's options, after <c>UseSqlite</c> or <c>UseNpgsql</c>.</param>
    /// <exception cref="InvalidOperationException">No database was chosen yet, or its engine is missing.</exception>
    public static DbContextOptionsBuilder UseTyped(this DbContextOptionsBuilder options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Options.Extensions.Any(extension => extension.Info.IsDatabaseProvider))
        {
            throw new InvalidOperationException("No database was chosen yet: call UseTyped() after UseSqlite(...) or UseNpgsql(...).");
        }

        if (options.Options.FindExtension<TypedOptionsExtension>() is null)
        {
            var engine = ((IQueryableEngine)EngineRegistry.Find(options.Options)).Queries;
            ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new TypedOptionsExtension(engine));
            options.AddInterceptors(WholeEventInterceptor.Instance, SlotCheck.Instance, JoinKeys.Interceptor.Instance,
                MissingTable.Interceptor.Instance, LayoutInterceptor.Instance);
            engine.Configure(options);
        }

        return options;
    }

    /// <inheritdoc cref="UseTyped(DbContextOptionsBuilder)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseTyped<TContext>(this DbContextOptionsBuilder<TContext> options)
        where TContext : DbContext => (DbContextOptionsBuilder<TContext>)UseTyped((DbContextOptionsBuilder)options);
}

using Microsoft.EntityFrameworkCore;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Typed.Postgres;

namespace Typed;

/// <summary>Chooses PostgreSQL for a store.</summary>
public static class PostgresOptionsExtensions
{
    /// <summary>Keeps the data in a PostgreSQL database, which has to exist. EF Core's other overloads, with a data source of your own, work too.</summary>
    /// <param name="options">The store's options.</param>
    /// <param name="connectionString">For instance <c>Host=localhost;Database=shop;Username=app</c>.</param>
    /// <param name="configure">The provider's own options.</param>
    public static TypedOptionsBuilder UseNpgsql(
        this TypedOptionsBuilder options, string connectionString, Action<NpgsqlDbContextOptionsBuilder>? configure = null)
    {
        EngineRegistry.Register<PostgresEngine>();
        NpgsqlDbContextOptionsBuilderExtensions.UseNpgsql(options, connectionString, configure);
        return options;
    }
}

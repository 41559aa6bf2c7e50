using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Typed.Schema;
using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;

namespace Typed.Storage.Model;

/// <summary>The events of one namespace as an EF query.</summary>
internal static class EventEntities
{
    public static IQueryable<TEvent> Query<TEvent>(DbContext context, StreamDefinition stream, string space)
        where TEvent : class
    {
        if (context.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            SqliteSetUp.Ensure(sqlite);
        }

        if (context.GetService<IQuerySqlGeneratorFactory>() is not (SqliteQuerySqlFactory or PostgresQuerySqlFactory))
        {
            throw new InvalidOperationException(
                $"EF Core alone does not see all members of {stream.BodyType.FullName} as they are in JSON: call UseTyped() on the options of {context.GetType().Name}, after UseSqlite(...) or UseNpgsql(...).");
        }

        BodyInstances.Bind(context.Model);
        return context.Set<TEvent>(stream.Table).AsNoTracking().Where(e => EF.Property<string>(e, StreamModel.Namespace) == space);
    }
}

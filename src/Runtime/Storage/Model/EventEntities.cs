using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Typed.Schema;
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
            SqliteQuerySqlFactory.Require(context, stream);
        }

        BodyInstances.Bind(context.Model);
        return context.Set<TEvent>(stream.Table).AsNoTracking().Where(e => EF.Property<string>(e, StreamModel.Namespace) == space);
    }
}

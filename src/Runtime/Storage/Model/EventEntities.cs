using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Typed.Schema;
using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;
using Typed.Storage.Tables;

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
        var entity = context.Model.FindEntityType(stream.Table)!;
        var events = entity.FindAnnotation(Annotations.BodyIsText) is null ? context.Set<TEvent>(stream.Table) : context.Set<TEvent>(stream.Table).FromSqlRaw(WithJsonb(entity));
        return events.AsNoTracking().Where(e => EF.Property<string>(e, StreamModel.Namespace) == space);
    }

    // EF asks lists and whole bodies by functions of jsonb. PostgreSQL merges the two queries into one, so the key serves as before.
    private static string WithJsonb(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var columns = entity.GetProperties().Select(property => Quoting.Name(property.GetColumnName(table)!));
        var body = Quoting.Name(entity.FindComplexProperty(StreamModel.Body)!.ComplexType.GetContainerColumnName()!);
        return $"SELECT {string.Join(", ", columns)}, {body}::jsonb AS {body} FROM {Quoting.Name(table.Schema, table.Name)}";
    }
}

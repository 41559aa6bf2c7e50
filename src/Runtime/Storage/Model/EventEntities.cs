using Microsoft.EntityFrameworkCore;
using Typed.Generated;

namespace Typed.Storage.Model;

/// <summary>The events of one namespace as an EF query.</summary>
internal static class EventEntities
{
    public static IQueryable<TEvent> Query<TEvent>(DbContext context, StreamDefinition stream, string space)
        where TEvent : class
    {
        EngineRegistry.Find(context.Database.ProviderName).PrepareQueries(context);

        // Where the model does not say so, EF's own generator is at work.
        if (stream.Shape.OddName is { } odd && context.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) && context.Model.FindAnnotation(Annotations.UsesTyped) is null)
        {
            throw new InvalidOperationException(
                $"EF Core alone does not find members of JSON such as '{odd}' of {stream.BodyType.FullName} on SQLite: call UseTyped() on the options of {context.GetType().Name}, after UseSqlite(...).");
        }

        BodyInstances.Bind(context.Model);
        BodyAbsence.Bind(context.Model.FindEntityType(stream.Table)!, stream.Shape);
        return context.Set<TEvent>(stream.Table).AsNoTracking().Where(e => EF.Property<string>(e, StreamModel.Namespace) == space);
    }
}

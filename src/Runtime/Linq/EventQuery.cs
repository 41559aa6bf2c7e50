using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Storage.Model;
using Typed.Storage.Provisioning;

namespace Typed.Linq;

/// <summary>The events of one namespace as an EF query.</summary>
internal static class EventQuery
{
    public static IQueryable<TEvent> Query<TEvent>(DbContext context, StreamDefinition stream, string space)
        where TEvent : class
    {
        TypedOptionsExtension.GetFor(context).Engine.Prepare(context);
        OwnLayout.CheckLater(context, new StreamDeclaration(stream));
        BodyInstances.Bind(context.Model);
        AbsentMembers.Bind(ModelNaming.Find(context.Model, stream.Table, stream.EntityType, stream.BodyType), stream.Shape);
        return context.Set<TEvent>(stream.Table).AsNoTracking().Where(e => EF.Property<string>(e, StreamColumns.Namespace) == space);
    }
}

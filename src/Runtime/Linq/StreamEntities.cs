using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>The entity types of streams in a model.</summary>
internal static class StreamEntities
{
    /// <summary>The entity type of a declared class; null where the model has none.</summary>
    public static IEntityType? Find(IModel model, Type body) =>
        model.GetEntityTypes().FirstOrDefault(entity => Annotations.IsStream(entity) && EventReader.IsEvent(entity.ClrType, out var other) && other == body);

    /// <summary>A member of a body, by which its JSON column can be found; null where EF maps none.</summary>
    public static Expression? Leading(Expression body, IEntityType stream) =>
        stream.FindComplexProperty(StreamColumns.Body) is { } complex ? Leading(body, complex.ComplexType) : body;

    public static Expression? Leading(Expression owner, IComplexType type)
    {
        if (type.GetProperties().FirstOrDefault() is { } property)
        {
            return Expression.MakeMemberAccess(owner, property.PropertyInfo ?? (MemberInfo)property.FieldInfo!);
        }

        return type.GetComplexProperties().Where(inner => !inner.IsCollection)
            .Select(inner => Leading(Expression.MakeMemberAccess(owner, inner.PropertyInfo ?? (MemberInfo)inner.FieldInfo!), inner.ComplexType))
            .FirstOrDefault(found => found is not null);
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// The values that queries use for members that the JSON lacks, as in events that are older than the member. They are the values that the reader of events
/// uses. Required members have none.
/// </summary>
internal static class AbsentMembers
{
    private static readonly ConditionalWeakTable<IEntityType, BodyShape> s_shapes = new();
    private static readonly ConditionalWeakTable<IEntityType, Dictionary<IReadOnlyPropertyBase, object>> s_values = new();

    /// <summary>Records the members of a stream, once for each finished model.</summary>
    public static void Bind(IEntityType entity, BodyShape shape) => s_values.GetValue(entity, entity =>
    {
        s_shapes.TryAdd(entity, shape);
        var values = new Dictionary<IReadOnlyPropertyBase, object>();
        if (entity.FindComplexProperty(StreamModel.Body) is { } body)
        {
            Collect(body.ComplexType, shape, values);
        }

        return values;
    });

    /// <summary>The members of a stream's bodies.</summary>
    public static BodyShape? ShapeOf(IEntityType entity) => s_shapes.TryGetValue(entity, out var shape) ? shape : null;

    /// <summary>The value that stands for a member; null where none does.</summary>
    public static Absence? Find(JsonScalarExpression member, DeclaredTables tables)
    {
        if (member.Json is not ColumnExpression column)
        {
            return null;
        }

        if (tables.FindList(column) is not null)
        {
            return Default(member, member.IsNullable) is { } ofType ? new(ofType, Around: null) : null;
        }

        if (tables.FindBody(member.Json) is not { } body || !s_values.TryGetValue(body.Stream, out var values))
        {
            return null;
        }

        var found = Find(body.Stream.FindComplexProperty(StreamModel.Body)?.ComplexType, [.. body.Path, .. member.Path], values);

        // From the JSON on that the member is read from: a subquery may have taken that out of the body.
        return found?.Around is { } around ? found with { Around = [.. around.Skip(body.Path.Count)] } : found;
    }

    /// <summary>The default of a value's type, for members of objects in lists, whose classes are not known here; null where the value may be null.</summary>
    public static object? Default(SqlExpression value, bool isNullable)
    {
        var type = value.TypeMapping?.ClrType;
        return isNullable || type is not { IsValueType: true } || Nullable.GetUnderlyingType(type) is not null ? null
            : RuntimeHelpers.GetUninitializedObject(type);
    }

    /// <summary>A value as the text that its serializer writes.</summary>
    public static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static Absence? Find(IComplexType? type, IReadOnlyList<PathSegment> path, Dictionary<IReadOnlyPropertyBase, object> values)
    {
        PathSegment[]? optional = null;
        for (var i = 0; i < path.Count && type is not null; i++)
        {
            if (path[i].PropertyName is not { } name)
            {
                return null;
            }

            if (i == path.Count - 1)
            {
                var member = (IReadOnlyPropertyBase?)type.GetProperties().FirstOrDefault(property => Named(property.GetJsonPropertyName(), name))
                    ?? type.GetComplexProperties().FirstOrDefault(property => Named(property.ComplexType.GetJsonPropertyName(), name));
                return member is not null && values.TryGetValue(member, out var value)
                    ? new(value, optional) { MayBeNull = member is IReadOnlyProperty { IsNullable: true } } : null;
            }

            var inner = type.GetComplexProperties().FirstOrDefault(property => Named(property.ComplexType.GetJsonPropertyName(), name));
            optional = inner?.IsNullable == true ? [.. path.Take(i + 1)] : optional;
            type = inner?.ComplexType;
        }

        return null;
    }

    private static bool Named(string? name, string wanted) => string.Equals(name, wanted, StringComparison.Ordinal);

    private static void Collect(IComplexType type, BodyShape shape, Dictionary<IReadOnlyPropertyBase, object> values)
    {
        foreach (var member in shape.Members)
        {
            var property = (IReadOnlyPropertyBase?)type.FindProperty(member.Name) ?? type.FindComplexProperty(member.Name);
            if (property is not null && member.Absent is { } value)
            {
                values.Add(property, value);
            }

            if (member is { Kind: BodyMemberKind.Object, Shape: { } inner } && type.FindComplexProperty(member.Name) is { } nested)
            {
                Collect(nested.ComplexType, inner, values);
            }
        }
    }
}

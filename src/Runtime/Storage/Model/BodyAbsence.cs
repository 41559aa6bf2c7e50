using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Generated;

namespace Typed.Storage.Model;

/// <summary>
/// What queries take a member for where the JSON lacks it, as it does in events that are older than the member: what their reader takes it for. Members that
/// every event has to have need nothing.
/// </summary>
internal static class BodyAbsence
{
    private static readonly ConditionalWeakTable<IEntityType, Dictionary<IReadOnlyPropertyBase, object>> s_values = new();

    /// <summary>Tells of a stream's members, once for each finished model.</summary>
    public static void Bind(IEntityType entity, BodyShape shape) => s_values.GetValue(entity, entity =>
    {
        var values = new Dictionary<IReadOnlyPropertyBase, object>();
        if (entity.FindComplexProperty(StreamModel.Body) is { } body)
        {
            Collect(body.ComplexType, shape, values);
        }

        return values;
    });

    /// <summary>The value as SQL, and the object which has to be there for it; null: nothing stands for it.</summary>
    public static Absence? Find(JsonScalarExpression json)
    {
        if (json.Json is not ColumnExpression { Column.Table.EntityTypeMappings: { } mappings }
            || mappings.Select(mapping => mapping.TypeBase).OfType<IEntityType>().FirstOrDefault(Annotations.IsStream) is not { } entity
            || !s_values.TryGetValue(entity, out var values))
        {
            return null;
        }

        var type = entity.FindComplexProperty(StreamModel.Body)?.ComplexType;
        PathSegment[]? optional = null;
        for (var i = 0; i < json.Path.Count && type is not null; i++)
        {
            if (json.Path[i].PropertyName is not { } name)
            {
                return null;
            }

            if (i == json.Path.Count - 1)
            {
                var member = (IReadOnlyPropertyBase?)type.GetProperties().FirstOrDefault(property => Named(property.GetJsonPropertyName(), name))
                    ?? type.GetComplexProperties().FirstOrDefault(property => Named(property.ComplexType.GetJsonPropertyName(), name));
                return member is not null && values.TryGetValue(member, out var value) ? new(Literal(json.TypeMapping, value), optional) : null;
            }

            var inner = type.GetComplexProperties().FirstOrDefault(property => Named(property.ComplexType.GetJsonPropertyName(), name));
            optional = inner?.IsNullable == true ? [.. json.Path.Take(i + 1)] : optional;
            type = inner?.ComplexType;
        }

        return null;
    }

    /// <summary>The default of a value's type as SQL: for members of objects in lists, of which no more is known; null: it may be null.</summary>
    public static string? OfType(SqlExpression value, bool isNullable)
    {
        var type = value.TypeMapping?.ClrType;
        return isNullable || type is not { IsValueType: true } || Nullable.GetUnderlyingType(type) is not null ? null : Literal(value.TypeMapping, RuntimeHelpers.GetUninitializedObject(type));
    }

    private static string Literal(RelationalTypeMapping? mapping, object value) =>
        value is BodyMember.EmptyList ? $"'{value}'" : mapping!.GenerateSqlLiteral(mapping.ClrType == typeof(string) ? Convert.ToString(value, CultureInfo.InvariantCulture) : value);

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

    /// <param name="Sql">The value.</param>
    /// <param name="Around">The path of the object around it, where that may be null; null: it is always there.</param>
    internal sealed record Absence(string Sql, IReadOnlyList<PathSegment>? Around);
}

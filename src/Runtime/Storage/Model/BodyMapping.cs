using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>
/// Maps the body of an event as a complex type in its JSON column: members, nested objects and lists are queried by the database's JSON operators.
/// A member that EF cannot map is left out, and a type that lacks one is never made by EF (<see cref="BodyInstances"/>).
/// </summary>
internal static class BodyMapping
{
    /// <summary>On a complex type: the members that were left out, as text.</summary>
    public const string LeftOut = "Typed:LeftOut";

    /// <param name="entity">The stream's entity.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="column">The column of the body.</param>
    /// <param name="engine">The database.</param>
    public static void Map(EntityTypeBuilder entity, StreamDefinition stream, string column, Engine engine)
    {
        var shape = stream.Shape;
        if (!shape.Members.Any(IsMapped))
        {
            MapOpaqueBody(entity, stream, column, engine);
            return;
        }

        // The builder is asked, because EF's conventions may have taken the body for another entity.
        var body = entity.ComplexProperty(stream.BodyType, StreamColumns.Body).Metadata;
        body.IsNullable = false;
        body.ComplexType.SetContainerColumnName(column);
        if (engine.Mapping.BodyType(stream.Body) is "json" and var type)
        {
            body.ComplexType.SetContainerColumnType(type);
        }

        MapMembers(body.ComplexType, shape, engine.Mapping.Bodies);
    }

    /// <summary>
    /// Maps a body without a member that EF can map. EF has no complex type without members, so queries see the column as a value that cannot be read.
    /// </summary>
    private static void MapOpaqueBody(EntityTypeBuilder entity, StreamDefinition stream, string column, Engine engine)
    {
        var body = entity.Property(stream.BodyType, StreamColumns.Body).IsRequired().HasColumnName(column);
        body.Metadata.SetValueConverter(BodyInstances.Refusing(stream.BodyType, LeftOutOf(stream.Shape)));
        if (engine.Mapping.BodyType(stream.Body) is { } type)
        {
            body.HasColumnType(type);
        }
    }

    private static string? LeftOutOf(BodyShape shape)
    {
        var left = shape.Members.Where(member => !IsMapped(member)).Select(member => $"{member.Name} ({member.Reason})");
        return string.Join(", ", left) is { Length: > 0 } text ? text : null;
    }

    private static bool IsMapped(BodyMember member) => member.Kind != BodyMemberKind.Unmapped;

    private static void MapMembers(IMutableComplexType type, BodyShape shape, BodyConverters converters)
    {
        foreach (var member in shape.Members.Where(IsMapped))
        {
            if (member.Shape is { } inner)
            {
                MapNested(type, member, inner, converters);
            }
            else
            {
                Value(type, member, converters);
            }
        }

        // Members that are not in the JSON are ignored, though EF's conventions find properties, and in complex types fields.
        var mapped = shape.Members.Where(IsMapped).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in BodyMembers.Names(shape.Type).Where(name => !mapped.Contains(name)))
        {
            if (type.FindProperty(name) is { } found)
            {
                type.RemoveProperty(found);
            }

            if (type.FindComplexProperty(name) is { } foundObject)
            {
                type.RemoveComplexProperty(foundObject);
            }

            type.AddIgnored(name);
        }

        if (LeftOutOf(shape) is { } left)
        {
            type.SetAnnotation(LeftOut, left);
        }

        BodyInstances.Bind(type);
    }

    private static void MapNested(IMutableComplexType type, BodyMember member, BodyShape inner, BodyConverters converters)
    {
        var nested = type.FindComplexProperty(member.Name) ?? type.AddComplexProperty(
            member.Name, member.ClrType, BodyMembers.Find(type.ClrType, member.Name),
            inner.Type, complexTypeName: null, collection: member.Kind == BodyMemberKind.Objects);
        nested.IsNullable = member.IsNullable;
        nested.SetJsonPropertyName(member.Json);
        MapMembers(nested.ComplexType, inner, converters);
    }

    private static void Value(IMutableComplexType type, BodyMember member, BodyConverters converters)
    {
        // EF's conventions take a struct that they do not know for an object.
        if (type.FindComplexProperty(member.Name) is { } taken)
        {
            type.RemoveComplexProperty(taken);
        }

        var property = type.FindProperty(member.Name) ?? type.AddProperty(member.Name, member.ClrType, BodyMembers.Find(type.ClrType, member.Name));
        property.IsNullable = member.IsNullable;
        property.SetJsonPropertyName(member.Json);
        var value = member.ElementType ?? member.ClrType;
        var reader = member.Reader ?? converters.FindReader(value);
        if (member.Kind != BodyMemberKind.Scalars)
        {
            ModelColumns.OverrideConventions(property, member.Number ?? converters.FindValue(value));
            property.SetJsonValueReaderWriterType(reader);
            return;
        }

        ModelColumns.OverrideConventions(property, converter: null);
        property.SetElementType(value);
        var element = property.GetElementType()!;
        element.SetValueConverter(member.Number ?? converters.FindElement(value));
        element.SetJsonValueReaderWriterType(reader);
    }
}

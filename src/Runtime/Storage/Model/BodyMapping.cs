using System.Reflection;
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

    private const string DefaultColumn = "body";

    public static void Map(EntityTypeBuilder entity, StreamDefinition stream, DatabaseKind database)
    {
        // Through the builder: EF's conventions may have taken the body for another entity by now.
        var body = entity.ComplexProperty(stream.BodyType, StreamModel.Body).Metadata;
        body.IsNullable = false;
        body.ComplexType.SetContainerColumnName(DefaultColumn);
        Members(body.ComplexType, stream.Shape, database);
    }

    public static string ColumnOf(IModel model, StreamDefinition stream) =>
        model.FindEntityType(stream.Table)!.FindComplexProperty(StreamModel.Body)!.ComplexType.GetContainerColumnName()!;

    private static void Members(IMutableComplexType type, BodyShape shape, DatabaseKind database)
    {
        var left = new List<string>();
        foreach (var member in shape.Members)
        {
            // Fields and members of generic or hidden kinds are no properties that EF could fill.
            if (member.Kind == BodyMemberKind.Unmapped || Property(shape.Type, member) is null)
            {
                left.Add($"{member.Name} ({member.Reason ?? "it is no property"})");
            }
            else if (member.Shape is { } inner)
            {
                Nested(type, member, inner, database);
            }
            else
            {
                Value(type, member, database);
            }
        }

        // What is not in the JSON is not in the query either, whatever EF's conventions find.
        var mapped = shape.Members.Where(m => m.Kind != BodyMemberKind.Unmapped).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var property in shape.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(p => !mapped.Contains(p.Name)))
        {
            if (type.FindProperty(property.Name) is { } found)
            {
                type.RemoveProperty(found);
            }

            if (type.FindComplexProperty(property.Name) is { } foundObject)
            {
                type.RemoveComplexProperty(foundObject);
            }

            type.AddIgnored(property.Name);
        }

        if (left.Count > 0)
        {
            type.SetAnnotation(LeftOut, string.Join(", ", left));
        }

        BodyInstances.Bind(type);
    }

    private static void Nested(IMutableComplexType type, BodyMember member, BodyShape inner, DatabaseKind database)
    {
        var nested = type.FindComplexProperty(member.Name) ?? type.AddComplexProperty(member.Name, member.ClrType, inner.Type, complexTypeName: null, collection: member.Kind == BodyMemberKind.Objects)!;
        nested.IsNullable = member.IsNullable;
        nested.SetJsonPropertyName(member.Json);
        Members(nested.ComplexType, inner, database);
    }

    private static void Value(IMutableComplexType type, BodyMember member, DatabaseKind database)
    {
        var property = type.FindProperty(member.Name) ?? type.AddProperty(member.Name, member.ClrType);
        property.IsNullable = member.IsNullable;
        property.SetJsonPropertyName(member.Json);
        if (member.Kind == BodyMemberKind.Scalars)
        {
            property.SetElementType(member.ElementType!);
            var element = property.GetElementType()!;
            element.SetValueConverter(member.Text ?? BodyConversions.For(member.ElementType!, database));
            if (BodyConversions.ReaderFor(member.ElementType!, database) is { } elementReader)
            {
                element.SetJsonValueReaderWriterType(elementReader);
            }

            return;
        }

        property.SetValueConverter(member.Text ?? BodyConversions.For(member.ClrType, database));
        if (BodyConversions.ReaderFor(member.ClrType, database) is { } reader)
        {
            property.SetJsonValueReaderWriterType(reader);
        }
    }

    private static PropertyInfo? Property(Type type, BodyMember member) =>
        type.GetProperty(member.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}

using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>Classifies value and key types. The one list of what is supported.</summary>
internal static class StoredTypeParser
{
    /// <summary>How the type is stored, or null when it is not supported.</summary>
    public static StoredType? Parse(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } && Parse(underlying) is { } number)
        {
            var name = type.FullName();
            return new(name, $"global::Typed.Generated.EnumColumn<{name}, {number.Name}, {number.Column}>", number.Kind, ValueCategory.Other, IsReference: false);
        }

        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
        {
            return Column("byte[]", "Blob", "Blob", ValueCategory.Other, isReference: true);
        }

        return type.SpecialType switch
        {
            SpecialType.System_Boolean => Column("bool", "Boolean", "Boolean"),
            SpecialType.System_Byte => Column("byte", "Byte", "Int16", ValueCategory.Integer),
            SpecialType.System_SByte => Column("sbyte", "SByte", "Int16", ValueCategory.Integer),
            SpecialType.System_Int16 => Column("short", "Int16", "Int16", ValueCategory.Integer),
            SpecialType.System_UInt16 => Column("ushort", "UInt16", "Int32", ValueCategory.Integer),
            SpecialType.System_Int32 => Column("int", "Int32", "Int32", ValueCategory.Integer),
            SpecialType.System_UInt32 => Column("uint", "UInt32", "Int64", ValueCategory.Integer),
            SpecialType.System_Int64 => Column("long", "Int64", "Int64", ValueCategory.Integer),
            SpecialType.System_UInt64 => Column("ulong", "UInt64", "Int64", ValueCategory.Integer),
            SpecialType.System_Single => Column("float", "Single", "Single", ValueCategory.Float),
            SpecialType.System_Double => Column("double", "Double", "Double", ValueCategory.Float),
            SpecialType.System_Decimal => Column("decimal", "Decimal", "Decimal", ValueCategory.Decimal),
            SpecialType.System_String => Column("string", "Text", "Text", ValueCategory.Other, isReference: true),
            SpecialType.System_DateTime => Column("global::System.DateTime", "DateTime", "Instant", ValueCategory.Temporal),
            _ => OfSystem(type),
        };
    }

    /// <summary>Whether the type is DateTimeOffset or DateTime, possibly nullable: what a time member may be.</summary>
    public static TimeModel? Time(string member, ITypeSymbol type)
    {
        var nullable = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var inner = nullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return Parse(inner)?.Column switch
        {
            "global::Typed.Generated.DateTimeOffsetColumn" => new(member, IsDateTime: false, nullable),
            "global::Typed.Generated.DateTimeColumn" => new(member, IsDateTime: true, nullable),
            _ => null,
        };
    }

    private static StoredType? OfSystem(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, ContainingType: null, Arity: 0, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
        {
            return null;
        }

        return type.Name switch
        {
            "Guid" => Column("global::System.Guid", "Guid", "Guid"),
            "DateTimeOffset" => Column("global::System.DateTimeOffset", "DateTimeOffset", "Instant", ValueCategory.Temporal),
            "DateOnly" => Column("global::System.DateOnly", "DateOnly", "Date", ValueCategory.Temporal),
            "TimeOnly" => Column("global::System.TimeOnly", "TimeOnly", "Time", ValueCategory.Temporal),
            "TimeSpan" => Column("global::System.TimeSpan", "TimeSpan", "Duration", ValueCategory.Temporal),
            _ => null,
        };
    }

    private static StoredType Column(string name, string column, string kind, ValueCategory category = ValueCategory.Other, bool isReference = false) =>
        new(name, $"global::Typed.Generated.{column}Column", kind, category, isReference);
}

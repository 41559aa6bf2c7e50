using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>Classifies the types of keys, values and scalars in events. The one list of what is supported.</summary>
internal static class StoredTypeParser
{
    /// <summary>The list in words.</summary>
    public const string Supported = 
        "bool, an integer, float, double, decimal, string, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, byte[] or an enum";

    /// <summary>How the type is stored, or null when it is not supported.</summary>
    public static StoredType? Parse(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } && Parse(underlying) is { } number)
        {
            var name = type.FullName();
            return new(name, $"global::Typed.Generated.EnumColumn<{name}, {number.Name}, {number.Column}>", number.Kind, ValueCategory.Other,
                IsReference: false, Scalar: "") { Underlying = number.Scalar };
        }

        return type.SpecialType switch
        {
            SpecialType.System_Boolean => StoredType.Plain("bool", "Boolean", "Boolean"),
            SpecialType.System_Byte => StoredType.Plain("byte", "Byte", "Int16", ValueCategory.Integer),
            SpecialType.System_SByte => StoredType.Plain("sbyte", "SByte", "Int16", ValueCategory.Integer),
            SpecialType.System_Int16 => StoredType.Plain("short", "Int16", "Int16", ValueCategory.Integer),
            SpecialType.System_UInt16 => StoredType.Plain("ushort", "UInt16", "Int32", ValueCategory.Integer),
            SpecialType.System_Int32 => StoredType.Plain("int", "Int32", "Int32", ValueCategory.Integer),
            SpecialType.System_UInt32 => StoredType.Plain("uint", "UInt32", "Int64", ValueCategory.Integer),
            SpecialType.System_Int64 => StoredType.Int64,
            SpecialType.System_UInt64 => StoredType.Plain("ulong", "UInt64", "Int64", ValueCategory.Integer),
            SpecialType.System_Single => StoredType.Plain("float", "Single", "Single", ValueCategory.Float),
            SpecialType.System_Double => StoredType.Double,
            SpecialType.System_Decimal => StoredType.Plain("decimal", "Decimal", "Decimal", ValueCategory.Decimal),
            SpecialType.System_String => StoredType.Plain("string", "Text", "Text", isReference: true),
            SpecialType.System_DateTime => StoredType.Plain("global::System.DateTime", "DateTime", "Instant", ValueCategory.Temporal),
            SpecialType.None when type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } =>
                new("byte[]", "global::Typed.Generated.BlobColumn", "Blob", ValueCategory.Other, IsReference: true, Scalar: "Bytes"),
            SpecialType.None when type.IsFramework() => type.MetadataFullName() switch
            {
                "System.Guid" => StoredType.Plain("global::System.Guid", "Guid", "Guid"),
                "System.DateTimeOffset" => StoredType.Plain("global::System.DateTimeOffset", "DateTimeOffset", "Instant", ValueCategory.Temporal),
                "System.DateOnly" => StoredType.Plain("global::System.DateOnly", "DateOnly", "Date", ValueCategory.Temporal),
                "System.TimeOnly" => StoredType.Plain("global::System.TimeOnly", "TimeOnly", "Time", ValueCategory.Temporal),
                "System.TimeSpan" => StoredType.Plain("global::System.TimeSpan", "TimeSpan", "Duration", ValueCategory.Temporal),
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>The model of a time member; null when its type is neither DateTimeOffset nor DateTime, possibly nullable.</summary>
    public static TimeModel? ParseTime(string member, ITypeSymbol type)
    {
        var isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var inner = isNullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return Parse(inner) is { Kind: "Instant" } stored ? new(member, IsDateTime: stored.Scalar == "DateTime", isNullable) : null;
    }
}

using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The types of single values in bodies: those of series, and others that only JSON has room for.</summary>
internal static class ScalarTypes
{
    /// <summary>The list in words.</summary>
    public const string Keys = "text, a number, an enum or a Guid";

    /// <summary>The name of the methods that read and write the type; null: it is no such type.</summary>
    public static string? Find(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum ? null
        : StoredTypeParser.Parse(type) is { } stored ? stored.Scalar
        : type.SpecialType == SpecialType.System_Char ? "Char"
        : type is not INamedTypeSymbol { Arity: 0 } || !type.IsFramework() ? null
        : type.MetadataFullName() switch
        {
            "System.Half" => "Half",
            "System.Int128" => "Int128",
            "System.UInt128" => "UInt128",
            "System.Uri" => "Uri",
            "System.Version" => "Version",
            _ => null,
        };

    /// <summary>Whether values of the type are names in JSON.</summary>
    public static bool IsKey(string? scalar) => scalar
        is "Text" or "Guid" or "Byte" or "SByte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" or "Int128" or "UInt128"
            or "Half" or "Single" or "Double" or "Decimal";
}

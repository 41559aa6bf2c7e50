using Microsoft.CodeAnalysis;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The grammar of stream names.</summary>
internal static class StreamName
{
    private const int MaxLength = 200;

    public static bool IsValid(string name)
    {
        foreach (var unit in name)
        {
            if (unit is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.' or '-'))
            {
                return false;
            }
        }

        return name.Length is > 0 and <= MaxLength;
    }

    /// <summary>The stream's name, given or by default; not checked.</summary>
    public static string Read(INamedTypeSymbol type, AttributeData attribute) => attribute.Argument<string>("Name") ?? Default(type.Name);

    /// <summary>The name of a stream whose class gives none.</summary>
    public static string Default(string className) => JsonNames.Snake(className);
}

using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Typed.Generator.Model;

/// <summary>Names and literals as C# text. Everything emitted goes through here, so that no culture and no keyword leaks in.</summary>
internal static class CSharp
{
    /// <summary>The attributes of a member that leads to LINQ.</summary>
    public const string NeedsLinq = """
        [global::System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(global::Typed.Generated.LinqNeeds.UnreferencedCode)]
        [global::System.Diagnostics.CodeAnalysis.RequiresDynamicCode(global::Typed.Generated.LinqNeeds.DynamicCode)]
        """;

    /// <summary>The name as an identifier: <c>event</c> becomes <c>@event</c>.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>The name as a parameter: first letter lower, keywords escaped.</summary>
    public static string Parameter(string name) => Identifier(char.ToLowerInvariant(name[0]) + name.Substring(1));

    /// <summary>The name, with as many underscores behind it as it takes until nothing else has it.</summary>
    public static string Free(string name, Func<string, bool> isTaken) => isTaken(name) ? Free(name + "_", isTaken) : name;

    public static string Literal(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    public static string Literal(ulong value) => value.ToString(CultureInfo.InvariantCulture) + "UL";

    public static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Literal(bool value) => value ? "true" : "false";

    /// <summary>A type as the target of a cref.</summary>
    public static string Cref(string type) => type.Replace('<', '{').Replace('>', '}');

    /// <summary>Text for an XML comment or attribute.</summary>
    public static string Xml(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}

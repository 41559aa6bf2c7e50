using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>What all rules share: each is on by default, and its help link leads to its page: cause, wrong, right.</summary>
internal static class Rule
{
    public const string Series = "Typed.Series";

    public const string Streams = "Typed.Streams";

    public const string Usage = "Typed.Usage";

    public const string Schema = "Typed.Schema";

    /// <summary>A tag of rules that explain an error in a declaration, at which the compiler stops before it asks any analyzer.</summary>
    public const string BesideError = "BesideError";

    public static DiagnosticDescriptor Error(string category, string id, string title, string message, params string[] tags) =>
        Create(category, id, title, message, DiagnosticSeverity.Error, tags);

    public static DiagnosticDescriptor Warning(string category, string id, string title, string message, params string[] tags) =>
        Create(category, id, title, message, DiagnosticSeverity.Warning, tags);

    public static DiagnosticDescriptor Info(string category, string id, string title, string message) =>
        Create(category, id, title, message, DiagnosticSeverity.Info, []);

    public static DiagnosticDescriptor Create(string category, string id, string title, string message, DiagnosticSeverity severity, string[] tags) =>
        new(id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: $"https://github.com/typed-net/typed/blob/main/docs/rules/{id}.md",
            customTags: tags);
}

using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>Every rule on what is stored against what is declared. Each has a page in docs/rules. The comparer has the words.</summary>
internal static class SchemaRules
{
    /// <summary>The property of a diagnostic that holds the metadata name of the declared type.</summary>
    public const string Type = "Type";

    /// <summary>The property of a diagnostic that holds the metadata name of the type that a member belongs to.</summary>
    public const string Container = "Container";

    /// <summary>The property of a diagnostic that holds the name that a member had before.</summary>
    public const string FormerName = "FormerName";

    /// <summary>The property of a diagnostic that holds a stored member's name in JSON.</summary>
    public const string StoredName = "StoredName";

    /// <summary>The property of a diagnostic that holds a stored member's schema.</summary>
    public const string StoredSchema = "StoredSchema";

    /// <summary>The property of a diagnostic that holds how members are named.</summary>
    public const string NamingOfMembers = "Naming";

    private const string Words = "{0}: {1}";

    public static readonly DiagnosticDescriptor Undeclared = Warning("TYP4001", "A stored member that the class does not have");

    public static readonly DiagnosticDescriptor Required = Error("TYP4002", "A required member that some stored events lack");

    public static readonly DiagnosticDescriptor Removed = Error("TYP4003", "A member of every stored event is gone or renamed");

    public static readonly DiagnosticDescriptor NullRefused = Error("TYP4004", "A null is stored that the member does not take");

    public static readonly DiagnosticDescriptor Narrowed = Error("TYP4005", "Numbers are stored where the member takes integers");

    public static readonly DiagnosticDescriptor OtherType = Error("TYP4006", "A member is stored with another type");

    public static readonly DiagnosticDescriptor EnumName = Error("TYP4007", "A name is stored that the enum does not have");

    public static readonly DiagnosticDescriptor Naming = Error("TYP4008", "A stream is stored under another naming");

    public static readonly DiagnosticDescriptor SeriesType = Error("TYP4009", "A series is stored as another type");

    public static readonly DiagnosticDescriptor SeriesValue = Error("TYP4010", "A series is stored with another value");

    public static readonly DiagnosticDescriptor SeriesKeys = Error("TYP4011", "A series is stored with other keys");

    public static readonly DiagnosticDescriptor Interval = Error("TYP4012", "An interval is stored on another grid");

    public static readonly DiagnosticDescriptor IntervalGone = Info("TYP4013", "An interval is stored that the class does not have");

    public static readonly DiagnosticDescriptor NoClass = Info("TYP4014", "A stored stream or series without a class", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor File = Create(
        "TYP4015", "A schema file that cannot be read", "{0}", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor SecondFile = Create(
        "TYP4016", "A project has one schema file", "The project has a schema file already, {0}, and this one is not read: keep one", DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor NotInFile = Create(
        "TYP4017", "A class from the schema file needs an entry in it",
        "'{0}' gets its members from typed.schema.json, {1}: write them there with 'typed schema pull', or declare them in the class",
        DiagnosticSeverity.Error);

    public static readonly DiagnosticDescriptor Untyped = Create(
        "TYP4018", "A member from the schema file without a type", "'{0}' is stored as {1}, for which there is no one type: '{2}' has it as a JsonElement",
        DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor EnumNamesUnknown = Info("TYP4019", "The stored names of an enum are not known");

    private static DiagnosticDescriptor Error(string id, string title) => Create(id, title, Words, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title) => Create(id, title, Words, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, params string[] tags) => Create(id, title, Words, DiagnosticSeverity.Info, tags);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        Rule.Create(Rule.Schema, id, title, message, severity, tags);
}

using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>Every rule on time series. Each has a page in docs/rules.</summary>
internal static class SeriesRules
{
    /// <summary>The property of a diagnostic that holds the name of an interval.</summary>
    public const string OldName = "OldName";

    /// <summary>The property of a diagnostic that holds a free name for it.</summary>
    public const string NewName = "NewName";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "TYP1001", "A declared type must be partial", "'{0}' must be partial: the generator adds its members to it");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "TYP1002", "A type that contains a declared type must be partial", "'{0}' must be partial, because it contains the declared type '{1}'");

    public static readonly DiagnosticDescriptor Generic = Error(
        "TYP1003", "A declared type cannot be generic",
            "'{0}' is generic, or inside a generic type: a series has one set of tables; declare a type for each closed type");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "TYP1004", "A declared type must be visible in its assembly",
            "'{0}' is {1}: its assembly's module lists it, so make it and its containers at least internal");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "TYP1005", "A key or value type that cannot be stored", "'{0}' is a {1}, which cannot be a {2}: use {3}, and none of them nullable");

    public static readonly DiagnosticDescriptor CountOfNonNumber = Error(
        "TYP1006", "A Count adds numbers", "'{0}' is a {1}, and a Count adds numbers: use a number, or remove [SeriesValue] so that each point adds 1");

    public static readonly DiagnosticDescriptor MissingValue = Error(
        "TYP1007", "A series needs a value", "'{0}' is a {1} and needs one member with [SeriesValue]");

    public static readonly DiagnosticDescriptor DoubledMember = Error(
        "TYP1008", "A series has one value and one time", "'{0}' has [{1}] on '{2}' and on '{3}': keep one");

    public static readonly DiagnosticDescriptor TimeType = Error(
        "TYP1009", "The type of a time member", "'{0}' is a {1}, and a point's time is a DateTimeOffset or a DateTime in UTC, possibly nullable");

    public static readonly DiagnosticDescriptor Interval = Error(
        "TYP1010", "An interval that cannot be read", "{0}");

    public static readonly DiagnosticDescriptor DuplicateInterval = Error(
        "TYP1011", "Two intervals with one name", "{0}");

    public static readonly DiagnosticDescriptor NoIntervals = Error(
        "TYP1012", "A series needs an interval", "'{0}' has no interval: give at least one, for instance Intervals = [\"minute: 1m keep 240\"]");

    public static readonly DiagnosticDescriptor Name = Error(
        "TYP1013", "A name that no table can have",
            "'{0}' cannot start a table's name: use up to 63 ASCII letters, digits and underscores, with no digit first");

    public static readonly DiagnosticDescriptor TwoParts = Error(
        "TYP1014", "The attribute on two parts of a type", "'{0}' has [TimeSeries] on another part already: keep one");

    public static readonly DiagnosticDescriptor EmittedName = Error(
        "TYP1015", "A member that collides with an emitted one", "'{0}' is the name of a member that the generator adds to '{1}': {2}");

    public static readonly DiagnosticDescriptor ColumnName = Error(
        "TYP1016", "A key or value member whose name is taken", "'{0}' cannot be a {1} member, because {2}: rename it");

    public static readonly DiagnosticDescriptor IntervalName = Error(
        "TYP1017", "An interval whose name is taken", "The interval '{0}' would become the member '{1}', which the handle has already: rename the interval");

    public static readonly DiagnosticDescriptor IntervalTable = Error(
        "TYP1018", "Two intervals with one table", "The interval '{0}' would have the table '{1}', as has {2}: rename the interval");

    public static readonly DiagnosticDescriptor SeriesTable = Error(
        "TYP1019", "Two series with one table", "'{0}' would have the table '{1}', as has '{2}': give one of them another Name",
            WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor IgnoredAttribute = Error(
        "TYP1020", "An attribute without effect", "[{0}] has no effect on '{1}': {2}");

    public static readonly DiagnosticDescriptor InvisibleType = Error(
        "TYP1021", "A key or value type must be visible in its assembly", "'{0}' is a {1}, which emitted keys and rows show, and which is {2}");

    public static readonly DiagnosticDescriptor Shape = Error(
        "TYP1022", "A declared type must have instances that can be stored", "'{0}' is {1}: declare an ordinary class, record or struct");

    public static readonly DiagnosticDescriptor UnknownKind = Error(
        "TYP1023", "An unknown series type", "{0} is no SeriesType: use {1}");

    public static readonly DiagnosticDescriptor Obsolete = Error(
        "TYP1026", "What a series is made of may be used",
            "'{1}' is obsolete as an error, so that no code may use it, emitted code included: make it obsolete as a warning");

    public static readonly DiagnosticDescriptor InMemory = Warning(
        "TYP1024",
        "A range is filtered in memory",
        "'{0}' works in memory, on all buckets of the range: choose fewer (Last, Between, Take), "
        + "read Stats(), or query AsQueryable() on a handle of a DbContext");

    public static readonly DiagnosticDescriptor HiddenName = Warning(
        "TYP1025", "A name that an emitted member hides", "'{0}' is hidden in '{1}' by the member of that name that the generator adds: {2}");

    public static readonly DiagnosticDescriptor DeclaredTwice = Warning(
        "TYP1027",
        "A type that two assemblies declare",
        "'{0}' is declared in {1} and in {2}, as by a file that both compile, and a store cannot hold both: declare it in one assembly, and refer to that",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Unmarked = Warning(
        "TYP1028", "A member that a series does not keep",
        "'{0}' is not kept: a series keeps members with [SeriesKey], [SeriesValue] or [SeriesTime], and {1}");

    public static readonly DiagnosticDescriptor Undeclared = Warning(
        "TYP1029", "An attribute on a member of no declared type",
        "[{0}] has no effect on '{1}', because '{2}' has no [{3}]: add it, and make the type partial",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor KindIsMember = Error(
        "TYP1030", "A series type that means a member", "'{0}' means the member of that name in '{1}': write SeriesType.{0}", Rule.BesideError);

    public static readonly DiagnosticDescriptor Digits = Error(
        "TYP1031", "Digits that round nothing",
            "Digits of '{0}' cannot be kept: {1}; [SeriesValue(Digits = 1 to 15)] belongs to a Histogram of numbers with a point");

    public static readonly DiagnosticDescriptor AllDigits = Info(
        "TYP1032", "A Histogram that keeps every digit",
        "'{0}' is a {1}, and its Histogram has a row for each distinct value: [SeriesValue(Digits = 2)] keeps two significant digits, a Summary no values");

    public static readonly DiagnosticDescriptor SummaryOfNonNumber = Error(
        "TYP1033", "A Summary is of numbers", "'{0}' is a {1}, and a Summary adds numbers up: use a number, or a Histogram, which counts each value");

    public static readonly DiagnosticDescriptor NamespaceWithoutKey = Error(
        "TYP1034", "A series with namespaces has a key",
            "'{0}' has namespaces and no [SeriesKey]: give it a key, or make what tells them apart the key, as [SeriesKey] string Tenant");

    private static DiagnosticDescriptor Info(string id, string title, string text) => Rule.Info(Rule.Series, id, title, text);

    private static DiagnosticDescriptor Warning(string id, string title, string text, params string[] tags) => Rule.Warning(Rule.Series, id, title, text, tags);

    private static DiagnosticDescriptor Error(string id, string title, string text, params string[] tags) => Rule.Error(Rule.Series, id, title, text, tags);
}

using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>Every rule on event streams. Each has a page in docs/rules.</summary>
internal static class StreamRules
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "TYP2001", "An event stream is partial", "{0} must be partial, and every type around it, so that its stream can be added to it");

    public static readonly DiagnosticDescriptor NotInstantiable = Error(
        "TYP2002", "An event stream is a class, record or struct with instances",
            "{0} cannot be an event stream, for it is {1}: declare a class, record or struct that has instances");

    public static readonly DiagnosticDescriptor Name = Error(
        "TYP2003", "The name of a stream follows its grammar", "\"{0}\" is no name for a stream: 1 to 200 of A-Z, a-z, 0-9, _, . and -");

    public static readonly DiagnosticDescriptor Retain = Error(
        "TYP2004", "Retain is a fixed width", "\"{0}\" is no retention: a whole number of s, m, h, d or w, from 1 to 36525 days, such as \"90d\"");

    public static readonly DiagnosticDescriptor Time = Error(
        "TYP2005", "One member holds the time of an event", "{0} cannot hold the time of the event: {1}");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "TYP2006", "The type of a member is supported", "{0} is of type {1}, which events cannot hold{2}");

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "TYP2007", "Members have different names in JSON", "{0} and {1} of {3} are both named \"{2}\" in JSON: rename one with [JsonPropertyName]");

    public static readonly DiagnosticDescriptor Constructor = Error(
        "TYP2008", "An event can be read back", "{0} cannot be read back: {1}");

    public static readonly DiagnosticDescriptor JsonAttribute = Error(
        "TYP2009", "JSON attributes fit the member", "{0} {1}");

    public static readonly DiagnosticDescriptor ExtensionData = Error(
        "TYP2010", "Extension data is one Dictionary<string, JsonElement>", "{0} cannot hold extension data: it {1}");

    public static readonly DiagnosticDescriptor EnumName = Error(
        "TYP2011", "The name of an enum member can be read back",
            "{0} of {1} has a JSON name that is empty, begins or ends with white space, has a comma in flags, or is no text: give it another");

    public static readonly DiagnosticDescriptor NotQueryable = Info(
        "TYP2012", "The member cannot be queried in the database", "{0} is stored, but cannot be used in queries: {1}");

    public static readonly DiagnosticDescriptor SharedTable = Error(
        "TYP2013", "Streams have tables of their own", "{0} is the stream \"{1}\", and its table {2} is that of {3} too: give it another Name",
            WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor EntryName = Info(
        "TYP2014", "A member has the name of the way to the stream", "{0} has a member In, so its stream is reached by {0}.{1}");

    public static readonly DiagnosticDescriptor SeriesToo = Error(
        "TYP2015", "A type is a series or a stream", "{0} cannot be a time series and an event stream at once; declare two types");

    public static readonly DiagnosticDescriptor InMemory = Warning(
        "TYP2016",
        "A range of events is filtered in memory",
        "'{0}' works in memory, on all events of the range: use the range's own methods (Between, After, Descending, Take, CountAsync), "
        + "or query AsQueryable() on a handle of a DbContext");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "TYP2017", "An event stream is visible in its assembly",
            "{0} is {1}: its assembly's module lists it, so make it and the types around it at least internal");

    public static readonly DiagnosticDescriptor UnknownChoice = Error(
        "TYP2018", "An unknown naming or body format", "{0} is no {1}: use {2}");

    public static readonly DiagnosticDescriptor TwoParts = Error(
        "TYP2019", "The attribute on two parts of a stream", "{0} has [EventStream] on another part already: keep one");

    public static readonly DiagnosticDescriptor Obsolete = Error(
        "TYP2020", "An event stream may be used",
            "{0} is an event stream, and {1} is obsolete as an error, so that no code may use it: make it obsolete as a warning, or remove [EventStream]");

    public static readonly DiagnosticDescriptor Generic = Error(
        "TYP2021", "An event stream cannot be generic",
            "{0} is generic, or inside a generic type: a stream has one table; declare a class for each closed type, which may derive from a generic one");

    public static readonly DiagnosticDescriptor Upcast = Error(
        "TYP2022", "Older versions of an event can be read", "{0} cannot be made from an older version: {1}");

    private static DiagnosticDescriptor Info(string id, string title, string message) => Rule.Info(Rule.Streams, id, title, message);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Rule.Warning(Rule.Streams, id, title, message);

    private static DiagnosticDescriptor Error(string id, string title, string text, params string[] tags) => Rule.Error(Rule.Streams, id, title, text, tags);
}

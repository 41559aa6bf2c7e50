using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>Every rule on what event streams feed. Each has a page in docs/rules.</summary>
internal static class FeedRules
{
    public static readonly DiagnosticDescriptor NoStream = Error(
        "TYP5001", "Only an event stream feeds a series", "'{0}' is no event stream, so that it feeds nothing: add [EventStream]");

    public static readonly DiagnosticDescriptor NoSeries = Error(
        "TYP5002", "Only a time series is fed", "'{0}' is no time series: name a class with [TimeSeries]");

    public static readonly DiagnosticDescriptor Method = Error(
        "TYP5003", "One method makes the points of an event", "'{0}' does not feed '{1}': {2}");

    public static readonly DiagnosticDescriptor Twice = Error(
        "TYP5004", "A series is fed by a method once", "'{0}' feeds '{1}' by '{2}' twice, so that its points would count twice: remove one");

    public static readonly DiagnosticDescriptor NotFollowed = Error(
        "TYP5005", "What is fed later is followed",
        "'{0}' feeds '{1}' later, by following the stream: write [EventStream(Follow = true)], or feed it at once, without Later");

    private static DiagnosticDescriptor Error(string id, string title, string message) => Rule.Error(Rule.Streams, id, title, message);
}

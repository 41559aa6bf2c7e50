using Microsoft.CodeAnalysis;

namespace Typed.Generator.Rules;

/// <summary>
/// Every rule on code that writes and reads. Each has a page in docs/rules. Ids that are not here belong to overloads of the runtime that no code may call.
/// </summary>
internal static class UsageRules
{
    public static readonly DiagnosticDescriptor DateTime = Error(
        "TYP3001", "A DateTime is no instant",
        "'{0}' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: "
        + "write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC");

    public static readonly DiagnosticDescriptor SmallPercentile = Warning(
        "TYP3002", "A percentile counts to 100", "{0} takes 0 to 100, and {1} is nearly the smallest value: write {2}");

    public static readonly DiagnosticDescriptor NotAwaited = Warning(
        "TYP3003", "A call that nobody awaits", "'{0}' is not awaited: it may not be done when the program goes on, and nobody learns of its errors");

    public static readonly DiagnosticDescriptor NoHistogram = Error(
        "TYP3004", "Only a Histogram keeps every value",
        "{0} needs every value, and a bucket of this series holds {1}: declare it with Type = Histogram, whose buckets answer {0}");

    public static readonly DiagnosticDescriptor NoInterval = Error(
        "TYP3005", "A series is read by its intervals", "'{0}' has no '{1}': {2}");

    public static readonly DiagnosticDescriptor JoinGrid = Error(
        "TYP3010", "Ranges are joined on one grid",
        "The grids differ, '{0}' and '{1}', and buckets are joined by their start: choose intervals of one step and zone, or Resample the finer one");

    public static readonly DiagnosticDescriptor ResampleGrid = Error(
        "TYP3011", "A coarser grid contains the finer one", "A range cannot be resampled to '{0}': {1}");

    private static DiagnosticDescriptor Error(string id, string title, string text) => Rule.Error(Rule.Usage, id, title, text);

    private static DiagnosticDescriptor Warning(string id, string title, string text) => Rule.Warning(Rule.Usage, id, title, text);
}

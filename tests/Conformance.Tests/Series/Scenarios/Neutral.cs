using System.Globalization;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>What reads give, as plain objects in the shape of the vectors: long, double, text, null, lists, and dictionaries for JSON objects.</summary>
internal static class Neutral
{
    public static object? Value<T>(T value) => value switch
    {
        null => null,
        long or double or string => value,
        Histogram<long> histogram => Histogram(histogram),
        Histogram<double> histogram => Histogram(histogram),
        Histogram<string> histogram => Histogram(histogram),
        IReadOnlySet<long> set => Set(set),
        IReadOnlySet<double> set => Set(set),
        IReadOnlySet<string> set => Set(set),
        IReadOnlyList<long> list => List(list),
        IReadOnlyList<double> list => List(list),
        IReadOnlyList<string> list => List(list),
        _ => throw new NotSupportedException($"{value.GetType()} is no answer that the vectors know."),
    };

    /// <summary>Each statistic by its name in the vectors; those that the type lacks are absent.</summary>
    public static object? Stats<T>(T stats) => stats switch
    {
        TotalStatistics<long> s => All(s.Count, s.Sum, s.Min, s.Max, s.Mean, s.Rate),
        TotalStatistics<double> s => All(s.Count, s.Sum, s.Min, s.Max, s.Mean, s.Rate),
        NumericStatistics<long, long, double> s => All(s.Count, s.Sum, s.Min, s.Max, s.Mean, s.Rate),
        NumericStatistics<double, double, double> s => All(s.Count, s.Sum, s.Min, s.Max, s.Mean, s.Rate),
        CountStatistics s => new Dictionary<string, object?> { ["count"] = s.Count, ["rate"] = s.Rate },
        _ => throw new NotSupportedException($"{typeof(T)} are no statistics that the vectors know."),
    };

    /// <summary>An instant in Unix seconds: whole ones as a long, others, which no vector expects, as they are.</summary>
    public static object Seconds(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return ticks % TimeSpan.TicksPerSecond == 0 ? ticks / TimeSpan.TicksPerSecond : instant.ToString("O", CultureInfo.InvariantCulture);
    }

    public static Dictionary<string, object?> Set<T>(IEnumerable<T> members) => new() { ["$set"] = List(members) };

    private static Dictionary<string, object?> Histogram<T>(Histogram<T> histogram) =>
        new() { ["$hist"] = histogram.Select(entry => (object?)new List<object?> { entry.Key, entry.Value }).ToList() };

    private static List<object?> List<T>(IEnumerable<T> items) => [.. items];

    private static Dictionary<string, object?> All(object count, object sum, object? min, object? max, object? mean, double rate) =>
        new() { ["count"] = count, ["sum"] = sum, ["min"] = min, ["max"] = max, ["mean"] = mean, ["rate"] = rate };
}

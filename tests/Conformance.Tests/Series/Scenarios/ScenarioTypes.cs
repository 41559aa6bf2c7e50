namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>Which scenarios are replayed.</summary>
internal static class ScenarioTypes
{
    /// <summary>The types that the library writes and reads. One more line, and the scenarios of that type are cases too.</summary>
    public static IReadOnlySet<SeriesType> SwitchedOn { get; } = new HashSet<SeriesType>
    {
        SeriesType.Count,
        SeriesType.Histogram,
        SeriesType.Gauge,
        SeriesType.Series,
        SeriesType.Set,
    };
}

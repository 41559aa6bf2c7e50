using Typed.Time;

namespace Typed.Schema;

/// <summary>The tables of a declared series: one per interval, or one for all points of a Series.</summary>
internal static class SeriesTableNames
{
    /// <summary>Each table with its intervals.</summary>
    public static IEnumerable<(string Table, IReadOnlyList<Interval> Intervals)> List(SeriesDefinition series) => series.Type == SeriesType.Series
        ? [(Names.Points(series.Name), series.Intervals)]
        : series.Intervals.Select(interval => (Names.Table(series.Name, interval.Name), (IReadOnlyList<Interval>)[interval]));
}

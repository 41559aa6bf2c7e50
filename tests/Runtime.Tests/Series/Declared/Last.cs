using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

/// <summary>Buckets of every kind of grid, none of which the end of time ends.</summary>
internal static class LastIntervals
{
    public const string Second = "second: 1s";
    public const string Fortnight = "fortnight: 2w by 1d";
    public const string Week = "week: weekly in Asia/Tokyo";
    public const string Month = "month: monthly by daily in America/New_York";
}

[TimeSeries(Type = Count, Intervals = [LastIntervals.Second, LastIntervals.Fortnight, LastIntervals.Week, LastIntervals.Month])]
public partial record LastCount([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = [LastIntervals.Second, LastIntervals.Fortnight, LastIntervals.Week, LastIntervals.Month])]
public partial record LastGauge([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = [LastIntervals.Second, LastIntervals.Fortnight, LastIntervals.Week, LastIntervals.Month])]
public partial record LastHistogram([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = [LastIntervals.Second, LastIntervals.Fortnight, LastIntervals.Week, LastIntervals.Month])]
public partial record LastSet([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Series, Intervals = [LastIntervals.Second, LastIntervals.Fortnight, LastIntervals.Week, LastIntervals.Month])]
public partial record LastPoint([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

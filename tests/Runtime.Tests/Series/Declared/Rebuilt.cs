namespace Typed.Runtime.Tests.Series.Declared;

/// <summary>The intervals that are rebuilt: from slots of another size, in a zone, into cells that hold others whole.</summary>
internal static class Rebuilt
{
    public const string Minute = "minute: 1m by 20s";
    public const string Quarter = "quarter: 15m";
    public const string Day = "day: daily by 1h in Europe/Paris";
    public const string Week = "week: weekly in Europe/Paris";
}

[TimeSeries(Type = SeriesType.Count, Intervals = [Rebuilt.Minute, Rebuilt.Quarter, Rebuilt.Day, Rebuilt.Week])]
public partial record RebuiltCount([SeriesKey] string Name, [SeriesKey] int Part, [SeriesValue] long Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Count, Intervals = [Rebuilt.Minute, Rebuilt.Quarter, Rebuilt.Day, Rebuilt.Week])]
public partial record RebuiltMoney([SeriesKey] string Name, [SeriesValue] decimal Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Histogram, Intervals = [Rebuilt.Minute, Rebuilt.Quarter, Rebuilt.Day, Rebuilt.Week])]
public partial record RebuiltHistogram([SeriesKey] Guid Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Set, Intervals = [Rebuilt.Minute, Rebuilt.Quarter, Rebuilt.Day, Rebuilt.Week])]
public partial record RebuiltSet([SeriesKey] string Name, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Gauge, Intervals = [Rebuilt.Minute, Rebuilt.Quarter, Rebuilt.Day, Rebuilt.Week])]
public partial record RebuiltGauge([SeriesKey] string Name, [SeriesValue] TimeSpan Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Summary, Intervals = [Rebuilt.Minute, Rebuilt.Quarter, Rebuilt.Day, Rebuilt.Week])]
public partial record RebuiltSummary([SeriesKey] string Name, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

/// <summary>Without a key, and with buckets that die.</summary>
[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m keep 2880", "hour: 1h", "odd: 7m"])]
public partial record RebuiltTotal([SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Series, Intervals = ["minute: 1m", "hour: 1h"])]
public partial record RebuiltPoints([SeriesValue] long Value, [SeriesTime] DateTimeOffset At);

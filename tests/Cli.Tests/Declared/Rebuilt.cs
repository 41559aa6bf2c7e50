namespace Typed.Cli.Tests.Declared;

[TimeSeries(Name = "re_total", Type = SeriesType.Count, Intervals = ["minute: 1m", "hour: 1h", "day: daily by 1h in Europe/Paris", "week: weekly"])]
public partial record RebuiltTotal([SeriesValue] long Pieces, [SeriesTime] DateTimeOffset At);

[TimeSeries(Name = "re_histogram", Type = SeriesType.Histogram, Intervals = ["minute: 1m", "hour: 1h", "day: daily by 1h in Europe/Paris", "week: weekly"])]
public partial record RebuiltHistogram([SeriesKey] Guid Key, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Name = "re_set", Type = SeriesType.Set, Intervals = ["minute: 1m", "hour: 1h", "day: daily by 1h in Europe/Paris", "week: weekly"])]
public partial record RebuiltSet([SeriesKey] string Name, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Name = "re_gauge", Type = SeriesType.Gauge, Intervals = ["minute: 1m", "hour: 1h", "day: daily by 1h in Europe/Paris", "week: weekly"])]
public partial record RebuiltGauge([SeriesKey] string Name, [SeriesValue] TimeSpan Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Name = "re_summary", Type = SeriesType.Summary, Intervals = ["minute: 1m", "hour: 1h", "day: daily by 1h in Europe/Paris", "week: weekly"])]
public partial record RebuiltSummary([SeriesKey] string Name, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

/// <summary>A key of every kind.</summary>
[TimeSeries(Name = "re_keys", Type = SeriesType.Count, Intervals = ["minute: 1m", "hour: 1h"])]
public partial record RebuiltKeys(
    [SeriesKey] bool Flag,
    [SeriesKey] short Small,
    [SeriesKey] long Large,
    [SeriesKey] Guid Id,
    [SeriesKey] DateTimeOffset Since,
    [SeriesKey] DateOnly Day,
    [SeriesKey] TimeOnly Hour,
    [SeriesKey] TimeSpan Span,
    [SeriesKey] DayOfWeek Weekday,
    [SeriesKey] string Name,
    [SeriesValue] int Pieces,
    [SeriesTime] DateTimeOffset At);

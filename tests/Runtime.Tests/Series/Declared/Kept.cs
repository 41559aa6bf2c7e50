using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

/// <summary>Three lives: minutes, days, for ever.</summary>
[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 3", "day: daily by 1h keep 1", "ever: daily"])]
public partial record Kept([SeriesKey] string Name, [SeriesValue] int Value)
{
    [SeriesTime] public DateTimeOffset? At { get; init; }
}

/// <summary>Nothing is for ever.</summary>
[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 3", "hour: 1h keep 2", "fine: daily by 1h keep 2"])]
public partial record OnlyKept([SeriesKey] string Name, [SeriesValue] long Value)
{
    [SeriesTime] public DateTimeOffset? At { get; init; }
}

[TimeSeries(Type = Count, Intervals = ["month: monthly keep 3"])]
public partial record KeptMonths([SeriesKey] string Name, [SeriesValue] long Value);

/// <summary>Many small buckets, and large ones with many slots.</summary>
[TimeSeries(Type = Count, Intervals = ["second: 1s", "hour: 1h by 1s"])]
public partial record Tick([SeriesKey] string Name, [SeriesValue] long Value)
{
    [SeriesTime] public DateTimeOffset? At { get; init; }
}

[TimeSeries(Type = Count, Intervals = ["day: daily", "year: yearly by monthly"])]
public partial record Ages([SeriesKey] string Name, [SeriesValue] long Value)
{
    [SeriesTime] public DateTimeOffset? At { get; init; }
}

[TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily in Asia/Tokyo"])]
public partial record TokyoDays([SeriesKey] string Name, [SeriesValue] long Value)
{
    [SeriesTime] public DateTimeOffset? At { get; init; }
}

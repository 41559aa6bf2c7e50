using static Typed.SeriesType;

namespace Typed.Benchmarks.Ratios.Opening;

/// <summary>Fifty declared types: as many as a large application has.</summary>
public static class Fifty
{
    /// <summary>Chooses them, and none of the other benchmarks.</summary>
    public static void Choose(TypedOptionsBuilder options) => options
        .Only<T01>().Only<T02>().Only<T03>().Only<T04>().Only<T05>()
        .Only<T06>().Only<T07>().Only<T08>().Only<T09>().Only<T10>()
        .Only<T11>().Only<T12>().Only<T13>().Only<T14>().Only<T15>()
        .Only<T16>().Only<T17>().Only<T18>().Only<T19>().Only<T20>()
        .Only<T21>().Only<T22>().Only<T23>().Only<T24>().Only<T25>()
        .Only<T26>().Only<T27>().Only<T28>().Only<T29>().Only<T30>()
        .Only<T31>().Only<T32>().Only<T33>().Only<T34>().Only<T35>()
        .Only<T36>().Only<T37>().Only<T38>().Only<T39>().Only<T40>()
        .Only<S41>().Only<S42>().Only<S43>().Only<S44>().Only<S45>()
        .Only<S46>().Only<S47>().Only<S48>().Only<S49>().Only<S50>();
}

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T01([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T02([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T03([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T04([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T05([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T06([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T07([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T08([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T09([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T10([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T11([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T12([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T13([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T14([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T15([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T16([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T17([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T18([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T19([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T20([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T21([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T22([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T23([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T24([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T25([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T26([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T27([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T28([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T29([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T30([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T31([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T32([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T33([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T34([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T35([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T36([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T37([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T38([SeriesKey] string Key, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T39([SeriesKey] string Key, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record T40([SeriesKey] string Key, [SeriesTime] DateTimeOffset At);

[EventStream(Retain = "90d")]
public partial record S41(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S42(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S43(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S44(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S45(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S46(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S47(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S48(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S49(string Url, int Status, IReadOnlyList<string> Tags);

[EventStream(Retain = "90d")]
public partial record S50(string Url, int Status, IReadOnlyList<string> Tags);

#pragma warning disable TYP1019, TYP2013 // versions of one declaration, of which a context has one at a time
using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

// One series of each type before and after its days were given other bounds, and slots. All share the name of the tables.
public static partial class InParis
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily in Europe/Paris"], Name = "moved_count")]
    public partial record MovedCount([SeriesKey] string Name, [SeriesValue] decimal Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily in Europe/Paris"], Name = "moved_histogram")]
    public partial record MovedHistogram([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Summary, Intervals = ["hour: 1h", "day: daily in Europe/Paris"], Name = "moved_summary")]
    public partial record MovedSummary([SeriesKey] string Name, [SeriesValue] long Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Gauge, Intervals = ["hour: 1h", "day: daily in Europe/Paris"], Name = "moved_gauge")]
    public partial record MovedGauge([SeriesKey] string Name, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Set, Intervals = ["hour: 1h", "day: daily in Europe/Paris"], Name = "moved_set")]
    public partial record MovedSet([SeriesKey] string Name, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);
}

public static partial class InTokyo
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h in Asia/Tokyo"], Name = "moved_count")]
    public partial record MovedCount([SeriesKey] string Name, [SeriesValue] decimal Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily by 2h in Asia/Tokyo"], Name = "moved_histogram")]
    public partial record MovedHistogram([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Summary, Intervals = ["hour: 1h", "day: daily in Asia/Tokyo"], Name = "moved_summary")]
    public partial record MovedSummary([SeriesKey] string Name, [SeriesValue] long Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Gauge, Intervals = ["hour: 1h", "day: weekly in Asia/Tokyo"], Name = "moved_gauge")]
    public partial record MovedGauge([SeriesKey] string Name, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

    [TimeSeries(Type = Set, Intervals = ["hour: 1h", "day: daily by 1h in Asia/Tokyo"], Name = "moved_set")]
    public partial record MovedSet([SeriesKey] string Name, [SeriesValue] string Value, [SeriesTime] DateTimeOffset At);
}

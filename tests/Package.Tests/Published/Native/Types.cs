using Typed;
using static Typed.SeriesType;

namespace Native;

internal sealed record Entry(string Host, string Path, int Status, long Bytes, DateTimeOffset Time);

[TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h"])]
internal sealed partial record Request([SeriesKey] int Status, [SeriesTime] DateTimeOffset Time);

[TimeSeries(Type = Histogram, Intervals = ["day: daily"])]
internal sealed partial record Response([SeriesKey] string Path, [SeriesValue] long Bytes, [SeriesTime] DateTimeOffset Time);

[TimeSeries(Type = Set, Intervals = ["day: daily"])]
internal sealed partial record Visitor([property: SeriesValue] string Address, [property: SeriesTime] DateTimeOffset Time);

[TimeSeries(Type = Gauge, Intervals = ["day: daily"])]
internal sealed partial record LastResponse([property: SeriesValue] long Bytes, [property: SeriesTime] DateTimeOffset Time);

[TimeSeries(Type = Summary, Intervals = ["day: daily"])]
internal sealed partial record Traffic([property: SeriesValue] decimal Bytes, [property: SeriesTime] DateTimeOffset Time);

[TimeSeries(Type = Series, Intervals = ["hour: 1h"])]
internal sealed partial record Temperature([SeriesKey] string Place, [SeriesValue] double Degrees, [SeriesTime] DateTimeOffset Time);

internal enum Method
{
    Get,
    Post,
}

internal sealed record Page(string Url, Method Method);

[EventStream(Retain = "90d")]
internal sealed partial record PageRequest(Page Page, string Host, IReadOnlyList<int> Statuses, [property: EventTime] DateTimeOffset Time);

using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Storage.Documented;

// What docs/storage.md declares.
[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial class ResponseTime
{
    [SeriesKey] public required string Route { get; init; }

    [SeriesValue] public required double Milliseconds { get; init; }
}

[TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
public partial record Sales([SeriesKey] string Country, [SeriesKey] int Shop, [SeriesValue] decimal Amount);

[TimeSeries(Type = Summary, Intervals = ["hour: 1h"])]
public partial record Upload([SeriesKey] string Client, [SeriesValue] int Bytes);

[TimeSeries(Type = Gauge, Intervals = ["day: daily"])]
public partial record Stock([SeriesKey] Guid Article, [SeriesValue] long Pieces);

[TimeSeries(Type = Set, Intervals = ["month: monthly"])]
public partial record Visitors([property: SeriesValue] string Name);

[TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h keep 48", "day: daily keep 30"])]
public partial record Temperature([SeriesKey] string Sensor, [SeriesValue] float Celsius);

[EventStream(Name = "shop.page_views", Retain = "90d")]
public partial record PageView(string Url, Browser Browser, IReadOnlyList<string> Tags);

public record Browser(string Name, int Version);

[EventStream(Follow = true)]
public partial record Payment(long Cents);

namespace Typed.Runtime.Tests.Streams.Rebuilding;

/// <summary>Feeds a series of every type.</summary>
[EventStream]
[Feeds<MeasuredCount>]
[Feeds<MeasuredHistogram>]
[Feeds<MeasuredGauge>]
[Feeds<MeasuredSet>]
[Feeds<MeasuredSummary>]
[Feeds<MeasuredSeries>]
[Feeds<MeasuredTotal>(nameof(Totals))]
public partial record Measured(string Key, int N)
{
    private static MeasuredCount CountOf(Measured e) => new() { Key = e.Key };

    private static MeasuredHistogram HistogramOf(Measured e) => new() { Key = e.Key, N = e.N % 7 };

    private static MeasuredGauge GaugeOf(Measured e) => new() { Key = e.Key, N = e.N };

    private static MeasuredSet SetOf(Measured e) => new() { Key = e.Key, N = e.N };

    private static MeasuredSummary SummaryOf(Measured e) => new() { Key = e.Key, N = e.N };

    // Half of the events feed none.
    private static MeasuredSeries? SeriesOf(Measured e) => e.N % 2 == 0 ? new() { Key = e.Key, N = e.N } : null;

    private static IEnumerable<MeasuredTotal> Totals(Measured e) => Enumerable.Repeat(new MeasuredTotal(e.Key), e.N % 3);
}

/// <summary>Feeds a series that another stream feeds too, in a table whose name is not its own.</summary>
[EventStream(Name = "measured.elsewhere", Follow = true)]
[Feeds<MeasuredCount>]
public partial record MeasuredElsewhere(string Key)
{
    private static MeasuredCount CountOf(MeasuredElsewhere e) => new() { Key = e.Key };
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m keep 240000", "day: daily by 1h"])]
public partial class MeasuredCount
{
    [SeriesKey] public required string Key { get; init; }
}

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["day: daily by 1h", "month: monthly"])]
public partial class MeasuredHistogram
{
    [SeriesKey] public required string Key { get; init; }

    [SeriesValue] public required int N { get; init; }
}

[TimeSeries(Type = SeriesType.Gauge, Intervals = ["day: daily by 1h"])]
public partial class MeasuredGauge
{
    [SeriesKey] public required string Key { get; init; }

    [SeriesValue] public required int N { get; init; }
}

[TimeSeries(Type = SeriesType.Set, Intervals = ["day: daily"])]
public partial class MeasuredSet
{
    [SeriesKey] public required string Key { get; init; }

    [SeriesValue] public required int N { get; init; }
}

[TimeSeries(Type = SeriesType.Summary, Intervals = ["day: daily by 1h"])]
public partial class MeasuredSummary
{
    [SeriesKey] public required string Key { get; init; }

    [SeriesValue] public required int N { get; init; }
}

[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily"])]
public partial class MeasuredSeries
{
    [SeriesKey] public required string Key { get; init; }

    [SeriesValue] public required int N { get; init; }
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily"], Namespaced = true)]
public partial record struct MeasuredTotal([property: SeriesKey] string Key);

[EventStream(Retain = "30d")]
[Feeds<ForgottenCount>]
public partial record Forgotten(int N)
{
    public static int Weight { get; set; } = 1;

    public static IEnumerable<ForgottenCount> Count(Forgotten e) => Enumerable.Repeat(default(ForgottenCount), Weight);
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["week: weekly keep 52"])]
public partial record struct ForgottenCount;

[EventStream(Follow = true)]
[Feeds<LaterCount>(nameof(Later), Later = true)]
[Feeds<LaterCount>(nameof(AtOnce))]
public partial record MeasuredLater(string Key)
{
    private static LaterCount Later(MeasuredLater e) => new() { Key = e.Key };

    private static LaterCount AtOnce(MeasuredLater e) => new() { Key = "at once" };
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily"])]
public partial class LaterCount
{
    [SeriesKey] public required string Key { get; init; }
}

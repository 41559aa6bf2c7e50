using Typed.Benchmarks.Ratios.Writes;

namespace Typed.Benchmarks.Ratios;

/// <summary>100 000 points of 1 000 keys in one call, rolled up into three intervals on PostgreSQL.</summary>
public sealed class CountInsertRatio() : ClickRatio("count-insert-postgres", limit: 2.0, points: 100_000)
{
    public override int Pairs => 15;

    public override int WarmUpPairs => 3;

    public override async ValueTask Ours() => await Click.In(Store).InsertAsync(Clicks);

    public override async ValueTask Theirs() => await ByHand.InsertAsync(Clicks);
}

/// <summary>Clicks per page.</summary>
[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m", "hour: 1h", "day: daily"])]
public partial class Click
{
    [SeriesKey] public required string Page { get; init; }

    [SeriesTime] public DateTimeOffset At { get; init; }
}

using Typed;

[TimeSeries(Type = SeriesType.Count, Intervals = new[] { "day: daily" })]
public partial class Hit
{
}

using Typed;

namespace WebApp;

/// <summary>What was sold: how often, and for how much.</summary>
[TimeSeries(Type = SeriesType.Summary, Intervals = ["hour: 1h keep 168", "day: daily"])]
public partial record Sale([SeriesKey] string Item, [SeriesValue] decimal Price);

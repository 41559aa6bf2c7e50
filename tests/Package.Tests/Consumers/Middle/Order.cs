using Typed;
using static Typed.SeriesType;

namespace Middle;

[TimeSeries(Type = Histogram, Intervals = ["day: daily"])]
public partial record Order([SeriesKey] string Shop, [SeriesValue] decimal Total);

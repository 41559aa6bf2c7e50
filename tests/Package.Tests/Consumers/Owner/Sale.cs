using Typed;
using static Typed.SeriesType;

namespace Owner;

[TimeSeries(Type = Count, Intervals = ["day: daily by 1h"])]
internal sealed partial record Sale([SeriesKey] string Shop, [SeriesValue] decimal Total);

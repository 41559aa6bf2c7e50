using Typed;
using static Typed.SeriesType;

namespace Web;

[TimeSeries(Type = Count, Intervals = ["day: daily"])]
internal sealed partial record Hit([SeriesKey] string Page);

using Typed;
using static Typed.SeriesType;

namespace Owner;

// Keys and values that the databases store in another form than C# has them.
[TimeSeries(Type = Histogram, Intervals = ["day: daily"])]
internal sealed partial record Wait(
    [SeriesKey] Guid Till, [SeriesKey] Payment Payment, [SeriesKey] DateTimeOffset Opened, [SeriesKey] TimeSpan Shift, [SeriesKey] ulong Number, [SeriesValue] float Minutes);

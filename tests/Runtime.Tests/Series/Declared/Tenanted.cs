using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

[TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily keep 3"], Namespaced = true)]
public partial record TenantHit([SeriesKey] string Page, [SeriesValue] long Times);

[TimeSeries(Type = Histogram, Intervals = ["hour: 1h by 15m"], Namespaced = true)]
public partial record TenantLatency([SeriesKey] int Route, [SeriesKey] string Host, [SeriesValue] double Milliseconds);

[TimeSeries(Type = Gauge, Intervals = ["hour: 1h"], Namespaced = true)]
public partial record TenantLevel([SeriesKey] string Tank, [SeriesValue] decimal Height);

[TimeSeries(Type = Set, Intervals = ["day: daily"], Namespaced = true)]
public partial record TenantVisitor([SeriesKey] string Page, [SeriesValue] string Visitor);

[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily keep 3"], Namespaced = true)]
public partial record TenantTrade([SeriesKey] string Symbol, [SeriesValue] decimal Price);

[TimeSeries(Type = Summary, Intervals = ["hour: 1h"], Namespaced = true)]
public partial record TenantLoad([SeriesKey] string Host, [SeriesValue] double Load);

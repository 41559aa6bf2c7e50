using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

public enum Tier { Free, Paid }

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m keep 60", "day: daily by 1h"])]
public partial record Latency([SeriesKey] string Route, [SeriesKey] Tier Tier, [SeriesValue] double Milliseconds, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Count, Intervals = ["hour: 1h keep 48"])]
public partial record Spent([SeriesKey] Guid Account, [SeriesKey] DateOnly Due, [SeriesValue] decimal Amount, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["hour: 1h keep 48", "day: daily by 1h"])]
public partial record Level([SeriesKey] string Tank, [SeriesValue] int Litres, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])]
public partial record Status([SeriesKey] string Service, [SeriesValue] string Text);

[TimeSeries(Type = Set, Intervals = ["day: daily", "week: weekly by daily"])]
public partial record Visitor([SeriesKey] string Page, [SeriesValue] string Address, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h keep 48", "day: daily by 1h keep 30"])]
public partial record Trade([SeriesKey] string Symbol, [SeriesValue] decimal Price, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h"])]
public partial record LogLine([property: SeriesValue] string Text);

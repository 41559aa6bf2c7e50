using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

[TimeSeries(Type = Histogram, Intervals = ["second: 1s", "minute: 1m by 1s"])]
public partial record PagedValues([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Gauge, Intervals = ["second: 1s", "minute: 1m by 1s"])]
public partial record PagedLatest([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = Set, Intervals = ["second: 1s", "minute: 1m by 1s"])]
public partial record PagedMembers([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Series, Intervals = ["second: 1s", "minute: 1m by 1s", "day: daily"])]
public partial record PagedPoints([SeriesKey] string Name, [SeriesValue] int Value, [SeriesTime] DateTimeOffset At);

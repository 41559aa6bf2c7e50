namespace Typed.Cli.Tests.Declared;

[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m", "hour: 1h", "day: daily by 1h in Europe/Paris", "week: weekly"])]
public partial record Turnover([SeriesKey] string Country, [SeriesKey] int Shop, [SeriesValue] decimal Amount, [SeriesTime] DateTimeOffset At);

namespace Typed.Cli.Tests.Declared;

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m keep 240", "day: daily by 1h keep 90"])]
public partial record ResponseTime([SeriesKey] string Route, [SeriesValue(Digits = 3)] double Milliseconds);

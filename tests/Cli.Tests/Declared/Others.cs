namespace Typed.Cli.Tests.Declared;

[TimeSeries(Type = SeriesType.Gauge, Intervals = ["day: daily by 1h"])]
public partial record Stock([SeriesKey] Guid Article, [SeriesValue] long Pieces);

[TimeSeries(Type = SeriesType.Set, Intervals = ["month: monthly"])]
public partial record Visitors([property: SeriesValue] string Name);

[TimeSeries(Type = SeriesType.Summary, Intervals = ["hour: 1h"])]
public partial record Upload([SeriesKey] string Client, [SeriesValue] int Bytes);

[TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h keep 48", "day: daily keep 30"])]
public partial record Temperature([SeriesKey] string Sensor, [SeriesValue] float Celsius);

namespace Typed.Cli.Tests.Declared;

[TimeSeries(Type = SeriesType.Count, Intervals = ["hour: 1h"])]
public partial record Sales([SeriesKey] string Country, [SeriesKey] int Shop, [SeriesValue] decimal Amount);

[TimeSeries(Type = SeriesType.Count, Intervals = ["hour: 1h keep 48", "month: monthly in Europe/Paris"])]
public partial record Hit;

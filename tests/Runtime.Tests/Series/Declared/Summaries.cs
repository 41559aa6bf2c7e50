namespace Typed.Runtime.Tests.Series.Declared;

[TimeSeries(Type = SeriesType.Summary, Intervals = ["minute: 1m", "day: daily by 1h", "week: weekly keep 2"])]
public partial record SummaryOfInt32([SeriesKey] string Name, [SeriesValue] int Value);

[TimeSeries(Type = SeriesType.Summary, Intervals = ["minute: 1m", "day: daily by 1h", "week: weekly keep 2"])]
public partial record SummaryOfInt64([SeriesKey] string Name, [SeriesValue] long Value);

[TimeSeries(Type = SeriesType.Summary, Intervals = ["minute: 1m", "day: daily by 1h", "week: weekly keep 2"])]
public partial record SummaryOfUInt64([SeriesKey] string Name, [SeriesValue] ulong Value);

[TimeSeries(Type = SeriesType.Summary, Intervals = ["minute: 1m", "day: daily by 1h", "week: weekly keep 2"])]
public partial record SummaryOfDouble([SeriesKey] string Name, [SeriesValue] double Value);

[TimeSeries(Type = SeriesType.Summary, Intervals = ["minute: 1m", "day: daily by 1h", "week: weekly keep 2"])]
public partial record SummaryOfDecimal([SeriesKey] string Name, [SeriesValue] decimal Value);

/// <summary>Without a key; the member is called as a column of every Summary.</summary>
[TimeSeries(Type = SeriesType.Summary, Intervals = ["hour: 1h"])]
public partial record SummaryOfSum([SeriesValue] float Sum);

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["hour: 1h"])]
public partial record TwoDigits([SeriesKey] string Name, [SeriesValue(Digits = 2)] double Value);

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["hour: 1h"])]
public partial record TwoDigitsOfDecimal([SeriesKey] string Name, [SeriesValue(Digits = 2)] decimal Value);

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["hour: 1h"])]
public partial record ThreeDigitsOfSingle([property: SeriesValue(Digits = 3)] float Value);

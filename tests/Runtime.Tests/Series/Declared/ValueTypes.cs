using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

// A histogram of each value type, coarse and fine.
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfBoolean([SeriesKey] string Name, [SeriesValue] bool Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfByte([SeriesKey] string Name, [SeriesValue] byte Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfSByte([SeriesKey] string Name, [SeriesValue] sbyte Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfInt16([SeriesKey] string Name, [SeriesValue] short Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfUInt16([SeriesKey] string Name, [SeriesValue] ushort Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfInt32([SeriesKey] string Name, [SeriesValue] int Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfUInt32([SeriesKey] string Name, [SeriesValue] uint Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfInt64([SeriesKey] string Name, [SeriesValue] long Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfUInt64([SeriesKey] string Name, [SeriesValue] ulong Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfSingle([SeriesKey] string Name, [SeriesValue] float Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfDouble([SeriesKey] string Name, [SeriesValue] double Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfDecimal([SeriesKey] string Name, [SeriesValue] decimal Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfText([SeriesKey] string Name, [SeriesValue] string Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfGuid([SeriesKey] string Name, [SeriesValue] Guid Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfDateTime([SeriesKey] string Name, [SeriesValue] DateTime Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfDateTimeOffset([SeriesKey] string Name, [SeriesValue] DateTimeOffset Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfDateOnly([SeriesKey] string Name, [SeriesValue] DateOnly Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfTimeOnly([SeriesKey] string Name, [SeriesValue] TimeOnly Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfTimeSpan([SeriesKey] string Name, [SeriesValue] TimeSpan Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfBytes([SeriesKey] string Name, [SeriesValue] byte[] Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfByteEnum([SeriesKey] string Name, [SeriesValue] ByteEnum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfSByteEnum([SeriesKey] string Name, [SeriesValue] SByteEnum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfInt16Enum([SeriesKey] string Name, [SeriesValue] Int16Enum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfUInt16Enum([SeriesKey] string Name, [SeriesValue] UInt16Enum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfInt32Enum([SeriesKey] string Name, [SeriesValue] Int32Enum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfUInt32Enum([SeriesKey] string Name, [SeriesValue] UInt32Enum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfInt64Enum([SeriesKey] string Name, [SeriesValue] Int64Enum Value);
[TimeSeries(Type = Histogram, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct OfUInt64Enum([SeriesKey] string Name, [SeriesValue] UInt64Enum Value);

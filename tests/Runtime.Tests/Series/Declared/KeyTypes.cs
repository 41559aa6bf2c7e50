using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

// A count by each key type, coarse and fine.
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByBoolean([SeriesKey] bool Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByByte([SeriesKey] byte Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct BySByte([SeriesKey] sbyte Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByInt16([SeriesKey] short Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByUInt16([SeriesKey] ushort Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByInt32([SeriesKey] int Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByUInt32([SeriesKey] uint Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByInt64([SeriesKey] long Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByUInt64([SeriesKey] ulong Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct BySingle([SeriesKey] float Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByDouble([SeriesKey] double Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByDecimal([SeriesKey] decimal Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByText([SeriesKey] string Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByGuid([SeriesKey] Guid Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByDateTime([SeriesKey] DateTime Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByDateTimeOffset([SeriesKey] DateTimeOffset Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByDateOnly([SeriesKey] DateOnly Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByTimeOnly([SeriesKey] TimeOnly Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByTimeSpan([SeriesKey] TimeSpan Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByBytes([SeriesKey] byte[] Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByByteEnum([SeriesKey] ByteEnum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct BySByteEnum([SeriesKey] SByteEnum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByInt16Enum([SeriesKey] Int16Enum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByUInt16Enum([SeriesKey] UInt16Enum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByInt32Enum([SeriesKey] Int32Enum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByUInt32Enum([SeriesKey] UInt32Enum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByInt64Enum([SeriesKey] Int64Enum Id);
[TimeSeries(Type = Count, Intervals = ["day: daily", "week: weekly by 1h"])] public partial record struct ByUInt64Enum([SeriesKey] UInt64Enum Id);

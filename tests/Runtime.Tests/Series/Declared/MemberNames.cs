using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

// Letters and words that statements use for their own things.
[TimeSeries(Type = Gauge, Intervals = ["day: daily by 1h"])] public partial record LatestNames([SeriesKey] string K, [SeriesKey] int T, [SeriesValue] int N, [SeriesTime] DateTimeOffset At);
[TimeSeries(Type = Histogram, Intervals = ["day: daily by 1h"])] public partial record ValueNames([SeriesKey] string T, [SeriesKey] int Ord, [SeriesValue] int S);
[TimeSeries(Type = Count, Intervals = ["day: daily by 1h"])] public partial record TotalNames([SeriesKey] string Excluded, [SeriesKey] int K0, [SeriesValue] int E);
[TimeSeries(Type = Set, Intervals = ["day: daily by 1h"])] public partial record SetNames([SeriesKey] string J, [SeriesKey] int Order, [SeriesValue] int Key0);
[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily"])] public partial record PointNames([SeriesKey] string B, [SeriesKey] int Select, [SeriesValue] int R);

// As columns they differ only beyond the 63 bytes that PostgreSQL keeps of a name.
[TimeSeries(Type = Count, Intervals = ["day: daily"])]
public partial record LongNames(
    [SeriesKey] string TheNameOfAKeyWhichIsFarTooLongForAnyDatabaseThatTakesSixtyThreeFirst,
    [SeriesKey] string TheNameOfAKeyWhichIsFarTooLongForAnyDatabaseThatTakesSixtyThreeSecond);

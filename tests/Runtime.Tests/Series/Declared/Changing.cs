#pragma warning disable TYP1019, TYP2013 // versions of one declaration, of which a store holds one at a time
using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

// One series as it was, and as a later version of its program declares it. All share the name of the tables.
public static partial class Original
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);

    [TimeSeries(Type = Gauge, Intervals = ["hour: 1h"], Name = "signed")]
    public partial record Signed([property: SeriesValue] long Value);

    [TimeSeries(Type = Count, Intervals = ["hour: 1h"], Name = "pair")]
    public partial record Pair([SeriesKey] string Name, [SeriesKey] string Region, [SeriesValue] long Value);

    [EventStream(Name = "spoken")]
    public partial record Spoken(string FirstWord);
}

public static partial class OtherOrder
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h"], Name = "pair")]
    public partial record Pair([SeriesKey] string Region, [SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class FewerKeys
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h"], Name = "pair")]
    public partial record Pair([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class Namespaced
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing", Namespaced = true)]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class OtherNaming
{
    [EventStream(Name = "spoken", Naming = JsonNaming.SnakeCaseLower)]
    public partial record Spoken(string FirstWord);
}

public static partial class PointsInstead
{
    [TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class OtherStep
{
    [TimeSeries(Type = Count, Intervals = ["hour: 30m", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class OtherResolution
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 2h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class OtherZone
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Asia/Tokyo"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class OtherType
{
    [TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class OtherKey
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] int Name, [SeriesValue] long Value);
}

public static partial class MoreKeys
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesKey] string Region, [SeriesValue] long Value);
}

public static partial class OtherValue
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h", "day: daily by 1h keep 7 in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] double Value);

    [TimeSeries(Type = Gauge, Intervals = ["hour: 1h"], Name = "signed")]
    public partial record Signed([property: SeriesValue] ulong Value);
}

public static partial class OtherKeep
{
    [TimeSeries(Type = Count, Intervals = ["hour: 1h keep 24", "day: daily by 1h in Europe/Paris"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class MoreIntervals
{
    [TimeSeries(Type = Count, Intervals = ["month: monthly", "day: daily by 1h keep 7 in Europe/Paris", "hour: 1h"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] long Value);
}

public static partial class FewerIntervals
{
    [TimeSeries(Type = Count, Intervals = ["hour: 60m"], Name = "changing")]
    public partial record Changing([SeriesKey] string Name, [SeriesValue] int Value);
}

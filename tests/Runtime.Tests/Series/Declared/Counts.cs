using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

/// <summary>A Count without a value member: each point adds 1.</summary>
[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 60", "day: daily by 1h"])]
public partial class Visit
{
    [SeriesKey] public required string Page { get; init; }

    [SeriesTime] public DateTimeOffset? At { get; init; }
}

/// <summary>A Count with a value member: each point adds it.</summary>
[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 60", "day: daily by 1h"])]
public partial class Hit
{
    [SeriesKey] public required string Page { get; init; }

    [SeriesValue] public long Times { get; init; } = 1;

    [SeriesTime] public DateTimeOffset? At { get; init; }
}

[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfByte([SeriesKey] string Name, [SeriesValue] byte Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfSByte([SeriesKey] string Name, [SeriesValue] sbyte Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfInt16([SeriesKey] string Name, [SeriesValue] short Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfUInt16([SeriesKey] string Name, [SeriesValue] ushort Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfInt32([SeriesKey] string Name, [SeriesValue] int Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfUInt32([SeriesKey] string Name, [SeriesValue] uint Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfInt64([SeriesKey] string Name, [SeriesValue] long Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfUInt64([SeriesKey] string Name, [SeriesValue] ulong Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfSingle([SeriesKey] string Name, [SeriesValue] float Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfDouble([SeriesKey] string Name, [SeriesValue] double Value);
[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])] public partial record struct CountOfDecimal([SeriesKey] string Name, [SeriesValue] decimal Value);

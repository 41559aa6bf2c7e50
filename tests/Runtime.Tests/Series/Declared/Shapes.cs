#pragma warning disable CA1815, MA0016, CS0649, S1104 // declared types have the shape that the case needs
using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Series.Declared;

/// <summary>No key, no value: one stat that counts points.</summary>
[TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
public partial class Heartbeat;

/// <summary>No key.</summary>
[TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily by 1h"])]
public partial record Load([property: SeriesValue] double Value);

/// <summary>Several keys of several types; time as DateTime.</summary>
[TimeSeries(Type = Histogram, Intervals = ["hour: 1h", "day: daily by 1h"])]
public partial record Transfer([SeriesKey] string Region, [SeriesKey] int Port, [SeriesKey] DateOnly Due, [SeriesValue] decimal Amount, [SeriesTime] DateTime At);

/// <summary>A struct with fields.</summary>
[TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
public partial struct Sample
{
    [SeriesKey] public int Sensor;

    [SeriesValue] public int Units;

    [SeriesTime] public DateTimeOffset At;
}

/// <summary>A record class with properties.</summary>
[TimeSeries(Type = Count, Intervals = ["hour: 1h"])]
public partial record Sale
{
    [SeriesKey] public string Shop { get; init; } = "";

    [SeriesValue] public decimal Price { get; init; }

    [SeriesTime] public DateTime? At { get; init; }
}

/// <summary>Members in a base type.</summary>
public abstract class Measured
{
    [SeriesKey] public required string Site { get; init; }
}

[TimeSeries(Type = Histogram, Intervals = ["hour: 1h"])]
public partial class Depth : Measured
{
    [SeriesValue] public required int Metres { get; init; }
}

/// <summary>A readonly record struct inside another type, with names that are keywords.</summary>
public static partial class Outer
{
    [TimeSeries(Type = Count, Intervals = ["event: 1h", "class: daily"], Name = "outer_inner")]
#pragma warning disable IDE1006 // Keywords are not in PascalCase.
    public readonly partial record struct Inner([SeriesKey] string @event, [SeriesValue] long @class);
#pragma warning restore IDE1006
}

/// <summary>Two keys of text.</summary>
[TimeSeries(Type = Count, Intervals = ["day: daily"])]
public partial record Pair([SeriesKey] string Left, [SeriesKey] string Right, [SeriesValue] long Value);

[TimeSeries(Type = Count, Intervals = ["oneDay: daily", "oneYear: yearly by 1d"])]
public partial record AVeryLongNameThatNoDatabaseWouldTakeAsTheNameOfATableAndThatIsThereforeCutShort([SeriesKey] string Name, [SeriesValue] long Value);

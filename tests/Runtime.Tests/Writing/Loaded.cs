using Typed.Runtime.Tests.Series.Declared;

namespace Typed.Runtime.Tests.Writing;

/// <summary>A column of every kind.</summary>
[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily"])]
public partial record Everything(
    [SeriesKey] bool Flag, [SeriesKey] short Small, [SeriesKey] int Middle, [SeriesKey] long Large, [SeriesKey] float Single, [SeriesKey] double Double, [SeriesKey] decimal Decimal,
    [SeriesKey] string Text, [SeriesKey] Guid Guid, [SeriesKey] DateTimeOffset Instant, [SeriesKey] DateOnly Date, [SeriesKey] TimeOnly Clock, [SeriesKey] TimeSpan Duration,
    [SeriesKey] byte[] Bytes, [SeriesKey] Int64Enum Enum, [SeriesValue] int Number)
{
    [SeriesTime] public DateTimeOffset At { get; init; }
}

/// <summary>Points that are kept for ever.</summary>
[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily"])]
public partial record Price([SeriesKey] string Name, [SeriesValue] decimal Value, [SeriesTime] DateTimeOffset At);

/// <summary>Events as text.</summary>
[EventStream(Body = BodyFormat.Json, Follow = true)]
public partial record Note(int N, string Text);

/// <summary>Events as they are by default.</summary>
[EventStream]
public partial record Remark(int N, string Text);

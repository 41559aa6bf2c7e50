using Typed;
using static Typed.SeriesType;

namespace Declared;

/// <summary>Hits of pages.</summary>
[TimeSeries(Type = Count, Intervals = ["minute: 1m keep 60", "day: daily by 1h in Europe/Paris"])]
public partial record Hit([SeriesKey] string Host, [SeriesKey] int Status);

/// <summary>How warm it is.</summary>
[TimeSeries(Type = SeriesType.Series, Intervals = ["hour: 1h"])]
public partial class Reading
{
    /// <summary>Where.</summary>
    [SeriesKey] public required Guid Sensor { get; init; }

    /// <summary>In degrees.</summary>
    [SeriesValue] public required double Celsius { get; init; }

    /// <summary>When.</summary>
    [SeriesTime] public DateTimeOffset At { get; init; }
}

/// <summary>A page that was seen.</summary>
[EventStream(Name = "views", Retain = "90d")]
public partial record PageView(string Url, IReadOnlyList<string> Tags, Browser? Browser = null);

/// <summary>What it was seen with.</summary>
public record Browser(string Name, int Version);

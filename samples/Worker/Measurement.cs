using Typed;
using static Typed.SeriesType;

namespace Worker;

/// <summary>What a sensor said: a line of the file.</summary>
[TimeSeries(Type = Summary, Intervals = ["minute: 1m keep 1440", "day: daily by 1h"])]
public partial record Measurement([SeriesKey] string Sensor, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

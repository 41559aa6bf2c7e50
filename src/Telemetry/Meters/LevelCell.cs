namespace Typed.Telemetry.Meters;

/// <summary>The level of an up-down counter, which is written every time: it holds while nothing changes.</summary>
internal sealed class LevelCell(MeterGauge.Handle gauges, MeterGauge.Key key) : Cell
{
    private double _level;

    public override void Record(double value) => Add(ref _level, value);

    public override void Write(long instant)
    {
        var level = Volatile.Read(ref _level);
        if (double.IsFinite(level))
        {
            gauges.TryPost(key, level, instant);
        }
    }
}

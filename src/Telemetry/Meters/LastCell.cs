namespace Typed.Telemetry.Meters;

/// <summary>The last value of a gauge, where there is a new one.</summary>
internal sealed class LastCell(MeterGauge.Handle gauges, MeterGauge.Key key) : Cell
{
    private double _value;
    private bool _isNew;

    public override void Record(double value)
    {
        Volatile.Write(ref _value, value);
        Volatile.Write(ref _isNew, true);
    }

    public override void Write(long instant)
    {
        if (Interlocked.Exchange(ref _isNew, false) && !gauges.TryPost(key, Volatile.Read(ref _value), instant))
        {
            Volatile.Write(ref _isNew, true);
        }
    }
}

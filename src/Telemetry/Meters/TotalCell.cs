namespace Typed.Telemetry.Meters;

/// <summary>What an observable counter's total grew by. A total that is less than the one before has begun anew.</summary>
internal sealed class TotalCell(MeterCount.Handle counts, MeterCount.Key key) : SumCell(counts, key)
{
    private double _last;

    // Only the thread that collects asks for totals.
    public override void Record(double value)
    {
        base.Record(value < _last ? value : value - _last);
        _last = value;
    }
}

namespace Typed.Telemetry.Meters;

/// <summary>What a counter added.</summary>
internal class SumCell(MeterCount.Handle counts, MeterCount.Key key) : Cell
{
    private double _sum;

    public override void Record(double value) => Add(ref _sum, value);

    public override void Write(long instant)
    {
        var sum = Interlocked.Exchange(ref _sum, 0);
        if (sum != 0 && double.IsFinite(sum) && !counts.TryPost(key, sum, instant))
        {
            Add(ref _sum, sum);
        }
    }
}

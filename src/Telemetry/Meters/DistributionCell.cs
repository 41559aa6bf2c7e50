using System.Runtime.InteropServices;
using Typed.Values;

namespace Typed.Telemetry.Meters;

/// <summary>How often a histogram recorded each value, to the digits that are stored: their number bounds how many there are.</summary>
internal sealed class DistributionCell(MeterHistogram.Handle histograms, MeterHistogram.Key key) : Cell
{
    private readonly Lock _lock = new();
    private Dictionary<double, long> _counts = [];
    private Dictionary<double, long> _spare = [];

    public override void Record(double value)
    {
        var rounded = SignificantDigits.Round(value, MeterHistogram.Digits);
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, rounded, out _)++;
        }
    }

    public override void Write(long instant)
    {
        lock (_lock)
        {
            (_counts, _spare) = (_spare, _counts);
        }

        // Not under the lock: the store measures what it takes, perhaps with this very instrument.
        foreach (var (value, count) in _spare)
        {
            if (!histograms.TryPost(key, value, instant, count))
            {
                lock (_lock)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _) += count;
                }
            }
        }

        _spare.Clear();
    }
}

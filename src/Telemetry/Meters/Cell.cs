namespace Typed.Telemetry.Meters;

/// <summary>What one instrument measured under one set of tags since it was last written.</summary>
internal abstract class Cell
{
    /// <summary>Takes a measurement, from any thread.</summary>
    public abstract void Record(double value);

    /// <summary>Writes what has gathered; what the store does not take stays for the next time.</summary>
    /// <param name="instant">Its time in Unix microseconds.</param>
    public abstract void Write(long instant);

    /// <summary>Adds to a number that other threads add to as well.</summary>
    protected static void Add(ref double sum, double value)
    {
        for (var seen = Volatile.Read(ref sum); ;)
        {
            var found = Interlocked.CompareExchange(ref sum, seen + value, seen);
            if (BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = found;
        }
    }
}

using System.Diagnostics;

namespace Typed.Benchmarks.Ratios;

/// <summary>One run of one side: time and bytes allocated on all threads, per call.</summary>
internal readonly record struct Measurement(double Microseconds, double Bytes)
{
    public static async Task<Measurement> TakeAsync(Func<ValueTask> work, int repeats)
    {
        // Each side pays for its own garbage, and begins with none of the other's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++)
        {
            await work();
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        return new Measurement(elapsed.TotalMicroseconds / repeats, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)repeats);
    }

    /// <summary>Medians, because one disturbed run must not decide.</summary>
    public static Measurement Median(IEnumerable<Measurement> runs)
    {
        var all = runs.ToArray();
        return new Measurement(Median(all.Select(run => run.Microseconds)), Median(all.Select(run => run.Bytes)));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

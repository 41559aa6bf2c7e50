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
}

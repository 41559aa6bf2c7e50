namespace Typed.Runtime.Tests.Telemetry;

/// <summary>What work allocates on its thread, once it has settled: code that the compiler has not optimised yet boxes, and buffers grow at first.</summary>
internal static class Allocations
{
    public static async Task AssertNoneAsync(Action work, Func<ValueTask> between)
    {
        var allocated = Measure(work);
        for (var round = 0; round < 100 && allocated != 0; round++)
        {
            await between();
            await Task.Delay(50, TestContext.Current.CancellationToken);
            allocated = Measure(work);
        }

        Assert.Equal(0, allocated);
    }

    private static long Measure(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

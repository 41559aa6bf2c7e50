namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>Callers that work at the same time, each one call after the other.</summary>
internal static class Callers
{
    /// <summary>Shares numbers from 0 among callers until all are done.</summary>
    /// <param name="callers">How many there are.</param>
    /// <param name="calls">How many calls they make together.</param>
    /// <param name="call">Makes the call of a number.</param>
    public static async Task RunAsync(int callers, int calls, Func<int, ValueTask> call)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < calls)
            {
                await call(number);
            }
        })));
    }
}

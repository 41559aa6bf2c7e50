using Typed.Time;

namespace Typed.Runtime.Tests.Time;

public class ConcurrencyTests
{
    [Fact]
    public async Task Threads_that_fill_one_zones_table_all_see_its_days()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");
        var alone = new ZoneDays(zone);
        var shared = new ZoneDays(zone);

        // Strides prime to the number of days: each task visits all of them in its own order, so that blocks are computed by several at once.
        const int Days = 100_003;
        var first = Civil.DayNumber(1880, 1, 1);
        long[] expected = [.. Enumerable.Range(first, Days).Select(alone.StartOf)];
        using var start = new Barrier(4);

        var wrong = await Task.WhenAll(new[] { 1, 313, 50_021, 99_989 }.Select(stride => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                var different = 0;
                for (int i = 0, at = 0; i < Days; i++, at = (at + stride) % Days)
                {
                    different += shared.StartOf(first + at) != expected[at] || shared.DayOf(expected[at]) != first + at ? 1 : 0;
                }

                return different;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(wrong, static count => Assert.Equal(0, count));
    }
}

using Typed.Diagnostics;

namespace Typed.Runtime.Tests.Diagnostics;

public class RateLimitTests
{
    [Fact]
    public void The_first_pass_and_the_end_says_how_many_did_not()
    {
        List<long> rest = [];
        using (var limit = new RateLimit(2, TimeSpan.FromHours(1), rest.Add))
        {
            Assert.Equal([true, true, false, false, false], Enumerable.Range(0, 5).Select(_ => limit.TryPass()));
            Assert.Empty(rest);
        }

        Assert.Equal([3], rest);
    }

    [Fact]
    public void Nothing_is_left_to_say_where_all_passed()
    {
        List<long> rest = [];
        using (var limit = new RateLimit(2, TimeSpan.FromHours(1), rest.Add))
        {
            limit.TryPass();
        }

        Assert.Empty(rest);
    }

    // The last of a burst are told although nothing follows them.
    [Fact]
    public async Task Every_period_says_how_many_there_were_until_there_are_none()
    {
        var rest = new System.Collections.Concurrent.ConcurrentQueue<long>();
        using var limit = new RateLimit(1, TimeSpan.FromMilliseconds(100), rest.Enqueue);
        var passed = Enumerable.Range(0, 1_000).Count(_ => limit.TryPass());

        while (passed + rest.Sum() < 1_000)
        {
            await Task.Delay(10);
        }

        Assert.Equal(1_000, passed + rest.Sum());
        await Task.Delay(300); // a quiet period
        Assert.True(limit.TryPass());
    }

    [Fact]
    public async Task None_is_lost_between_threads()
    {
        var rest = 0L;
        var limit = new RateLimit(1, TimeSpan.FromMilliseconds(1), count => Interlocked.Add(ref rest, count));
        var passed = 0L;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var n = 0; n < 50_000; n++)
            {
                if (limit.TryPass())
                {
                    Interlocked.Increment(ref passed);
                }
            }
        })));
        limit.Dispose();

        Assert.Equal(200_000, passed + Interlocked.Read(ref rest));
    }
}

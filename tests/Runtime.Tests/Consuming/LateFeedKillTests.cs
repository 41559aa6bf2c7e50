using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Writing.Spool;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Consuming;

/// <summary>Processes that are killed while they feed: each event has fed its points once.</summary>
public abstract class LateFeedKillTests(DatabaseServer server) : StoreSuite(server)
{
    private const string Variable = "TYPED_TEST_FEED_CHILD";

    private static readonly int s_rounds = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? 20 : 1;

    [Fact]
    public async Task A_process_that_is_killed_feeds_nothing_twice_and_leaves_nothing_out()
    {
        // The tables, and where feeding begins.
        await (await OpenFedAsync(Database.Choose)).DisposeAsync();
        await using var store = await OpenAsync(options => options.Only<LateRequest>().Only<AtOnceHit>());
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var n = 0;
            for (; !stop.IsCancellationRequested; n += 10)
            {
                await LateRequest.In(store, n % 20 == 0 ? "default" : "other").PutAsync(Enumerable.Range(n, 10).Select(each => new LateRequest("/", each, ["t"])));
                await Task.Delay(1);
            }

            return n;
        });
        var random = new Random(7);
        for (var round = 0; round < s_rounds; round++)
        {
            var before = await FedAsync();
            using var child = SpoolChild.Start(GetType(), nameof(Feed), Variable, $"{GetType().Name}|{Database.ConnectionString}");
            await Waiting.UntilAsync(async () => child.HasExited || await FedAsync() != before);
            await Task.Delay(random.Next(1, 100));
            Assert.False(child.HasExited, "It ended before it could be killed.");
            child.Kill();
            await child.WaitForExitAsync();
        }

        await stop.CancelAsync();
        var count = await writing;
        await using var last = await OpenFedAsync(Database.Choose);
        await last.FedAsync();

        Assert.Equal(Enumerable.Range(0, count), (await LateDuration.In(last).Day.GetAsync("/")).Value.Values);
        Assert.Equal(count, (await LateTag.In(last).Day.GetAsync("t")).Value + (await LateTag.In(last, "other").Day.GetAsync("t")).Value);
    }

    /// <summary>What a child process of the test above runs; alone it does nothing.</summary>
    [Fact(Explicit = true)]
    public async Task Feed()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var kind, var connection] || GetType().Name != kind)
        {
            return;
        }

        await using var store = await OpenFedAsync(options => SpoolChild.Choose(options, connection));
        await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
    }

    private ValueTask<TypedStore> OpenFedAsync(Action<TypedOptionsBuilder> choose) => TypedStore.OpenAsync(options =>
    {
        choose(options);
        options.TimeProvider = Clock;
        options.Only<LateRequest>().Only<AtOnceHit>().Only<LateDuration>().Only<LateTag>();
    });

    private async Task<string?> FedAsync() =>
        Convert.ToString(await Database.ScalarAsync("select sum(count) from late_duration_day"), System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class LateFeedKillTestsOnSqlite() : LateFeedKillTests(DatabaseServer.Sqlite);

public sealed class LateFeedKillTestsOnPostgres() : LateFeedKillTests(DatabaseServer.Postgres);

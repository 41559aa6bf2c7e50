using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Typed.Benchmarks.Ratios.Following;
using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks;

/// <summary>How long after its commit an event is with a follower of another store, at 100 events a second.</summary>
internal static class Latency
{
    private const int Events = 2_000;
    private const int WarmUp = 200;

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync()
    {
        await RunAsync("PostgreSQL", DatabaseServer.Postgres);
        await RunAsync("SQLite", DatabaseServer.Sqlite);
        return 0;
    }

    private static async Task RunAsync(string name, DatabaseServer server)
    {
        await using var database = await server.CreateAsync();
        await using var store = await OpenAsync(database);
        await using var other = await OpenAsync(database);
        var committed = new ConcurrentDictionary<int, long>();
        var arrived = new ConcurrentDictionary<int, long>();
        using var stop = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            await foreach (var one in Watched.In(other).Follow(cancellationToken: stop.Token))
            {
                arrived[one.Event.Body.Version] = Stopwatch.GetTimestamp();
            }
        });
        for (var n = 0; n < Events; n++)
        {
            await Watched.In(store).PutAsync(new Watched("/products/1", "Firefox", n, []));
            committed[n] = Stopwatch.GetTimestamp();
            await Task.Delay(s_between);
        }

        while (arrived.Count < Events)
        {
            await (following.IsFaulted ? following : Task.Delay(s_between));
        }

        await stop.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // It may arrive before the caller of the put goes on.
        double[] times =
        [
            .. Enumerable.Range(WarmUp, Events - WarmUp).Select(n => Math.Max(0, Stopwatch.GetElapsedTime(committed[n], arrived[n]).TotalMilliseconds)).Order(),
        ];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, most {times[^1]:F2} ms"));

        double At(double share) => times[(int)((times.Length - 1) * share)];
    }

    private static ValueTask<TypedStore> OpenAsync(EmptyDatabase database) => TypedStore.OpenAsync(o =>
    {
        database.Choose(o);
        o.Only<Watched>();
    });
}

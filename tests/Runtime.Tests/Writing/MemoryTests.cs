using System.Globalization;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Streams.Stored;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

/// <summary>What waits takes a bounded room, whatever callers do. Memory is the whole process's, so nothing runs beside.</summary>
public abstract class MemoryTests(DatabaseServer server) : StoreSuite(server)
{
    [Theory]
    [InlineData(WhenFull.Wait)]
    [InlineData(WhenFull.DropOldest)]
    [InlineData(WhenFull.DropNewest)]
    public async Task Memory_stays_flat_while_the_database_is_away(WhenFull policy)
    {
        var length = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(2);
        await using var store = await OpenAsync(o =>
        {
            o.Only<LateSeries>().Only<LateEvent>();
            (o.WhenFull, o.Capacity) = (policy, 10_000);
        });
        var accepted = 0L;
        using var stop = new CancellationTokenSource();
        Task[] posters;
        await using (await Database.HoldAsync())
        {
            posters = [.. Enumerable.Range(0, 4).Select(poster => Task.Run(() => PostAsync(poster)))];
            await Task.Delay(length / 4);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await Task.Delay(length * 3 / 4);
            var after = GC.GetTotalMemory(forceFullCollection: true);
            Assert.InRange(after - before, long.MinValue, 32 << 20);
            await stop.CancelAsync();
        }

        await Task.WhenAll(posters);
        await store.FlushAsync();
        var points = await Database.ScalarAsync("select count(*) from late_series_points where name <> 'gone'");
        var stored = Convert.ToInt64(points, CultureInfo.InvariantCulture) + await LateEvent.In(store).CountAsync();
        Assert.True(stored >= 9_900, $"{stored} items are in.");
        if (policy == WhenFull.Wait)
        {
            Assert.Equal(Volatile.Read(ref accepted), stored);
        }

        async Task PostAsync(int poster)
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    if (poster == 0)
                    {
                        await LateEvent.In(store).Post(new LateEvent("event", i), cancellationToken: stop.Token);
                    }
                    else
                    {
                        await LateSeries.In(store).Post($"k{i % 10}", i, cancellationToken: stop.Token);
                    }

                    Interlocked.Increment(ref accepted);
                    if (i % 1_000 == 0)
                    {
                        // Callers that do not wait long come and go.
                        using var soon = new CancellationTokenSource(1);
                        await LateSeries.In(store).InsertAsync("gone", i, cancellationToken: soon.Token);
                    }
                }
                catch (OperationCanceledException)
                {
                    // Not accepted.
                }
            }
        }
    }
}

[Collection(nameof(AloneInTheProcess))]
public sealed class MemoryTestsOnSqlite() : MemoryTests(DatabaseServer.Sqlite);

[Collection(nameof(AloneInTheProcess))]
public sealed class MemoryTestsOnPostgres() : MemoryTests(DatabaseServer.Postgres);

using System.Collections.Concurrent;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>
/// Writers with short and long transactions, some of which are rolled back, and followers that are stopped and go on at any place: each sees every event once,
/// in one order.
/// </summary>
public abstract class FollowLoadTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly int s_events = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? 100_000 : 3_000;

    [Fact]
    public async Task None_is_missed_and_none_comes_twice()
    {
        var written = new ConcurrentDictionary<EventId, int>();
        await using var store = await OpenAsync<Followed>();
        await using var other = await OpenAsync<Followed>();
        var started = await Followed.In(store).EndPositionAsync();
        var each = s_events / 6;
        var writers = Task.WhenAll(
            Task.Run(() => SinglesAsync(store, 0, each, written)),
            Task.Run(() => SinglesAsync(other, 1, each, written)),
            Task.Run(() => ListsAsync(store, 2, each, written)),
            Task.Run(() => ListsAsync(other, 3, each, written)),
            Task.Run(() => TransactionsAsync(store, 4, each, written)),
            Task.Run(() => TransactionsAsync(other, 5, each, written)));
        var seen = await Task.WhenAll(
            Task.Run(() => FollowAsync(store, StreamPosition.Start, 6 * each, seed: 1)),
            Task.Run(() => FollowAsync(other, started, 6 * each, seed: 2)),
            Task.Run(() => FollowAsync(other, StreamPosition.Start, 6 * each, seed: 3)));
        await writers;

        Assert.Equal(6 * each, written.Count);
        Assert.Equal(written.Count, await Followed.In(store).CountAsync());
        foreach (var events in seen)
        {
            Assert.Equal(events.Count, events.Select(one => one.Id).Distinct().Count());
            Assert.True(events.All(one => written[one.Id] == one.Body.Writer));
            Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));

            // What one writer committed before it began something else comes before that.
            Assert.All(events.Where(one => one.Body.Writer is 0 or 1).GroupBy(one => one.Body.Writer), own =>
                Assert.Equal(Enumerable.Range(0, each), own.Select(one => one.Body.N)));
        }

        Assert.Equal(seen[0].Select(one => one.Id), seen[1].Select(one => one.Id));
        Assert.Equal(seen[0].Select(one => one.Id), seen[2].Select(one => one.Id));
    }

    private static async Task SinglesAsync(TypedStore store, int writer, int count, ConcurrentDictionary<EventId, int> written)
    {
        for (var n = 0; n < count; n++)
        {
            written[await Followed.In(store).PutAsync(new Followed(n, writer))] = writer;
        }
    }

    private static async Task ListsAsync(TypedStore store, int writer, int count, ConcurrentDictionary<EventId, int> written)
    {
        var random = new Random(writer);
        for (var n = 0; n < count;)
        {
            var size = Math.Min(random.Next(3) == 0 ? random.Next(1_000, 1_500) : random.Next(1, 300), count - n); // PostgreSQL loads a thousand in bulk
            foreach (var id in await Followed.In(store).PutAsync(Enumerable.Range(n, size).Select(each => new Followed(each, writer))))
            {
                written[id] = writer;
            }

            n += size;
        }
    }

    /// <summary>Transactions of some length; a third of them is rolled back and done again.</summary>
    private static async Task TransactionsAsync(TypedStore store, int writer, int count, ConcurrentDictionary<EventId, int> written)
    {
        var random = new Random(writer);
        for (var n = 0; n < count;)
        {
            await using var context = store.CreateDbContext();
            await using var transaction = await context.Database.BeginTransactionAsync();
            List<EventId> ids = [];
            for (var puts = random.Next(1, 5); puts > 0 && n + ids.Count < count; puts--)
            {
                var size = Math.Min(random.Next(1, 40), count - n - ids.Count);
                ids.AddRange(await Followed.In(context).PutAsync(Enumerable.Range(n + ids.Count, size).Select(each => new Followed(each, writer))));
                await Task.Delay(random.Next(0, 8));
            }

            if (random.Next(3) == 0)
            {
                await transaction.RollbackAsync();
                continue;
            }

            await transaction.CommitAsync();
            ids.ForEach(id => written[id] = writer);
            n += ids.Count;
        }
    }

    /// <summary>Leaves the loop at random places and goes on from there.</summary>
    private static async Task<List<FollowedEvent<Followed>>> FollowAsync(TypedStore store, StreamPosition after, int count, int seed)
    {
        var random = new Random(seed);
        List<FollowedEvent<Followed>> seen = [];
        while (seen.Count < count)
        {
            var left = Math.Min(random.Next(1, count / 10), count - seen.Count);
            if (seed % 2 == 0)
            {
                await foreach (var page in Followed.In(store).FollowBatches(after, random.Next(1, 500), TestContext.Current.CancellationToken))
                {
                    seen.AddRange(page.Events);
                    after = StreamPosition.Parse(page.Position.ToString());
                    if ((left -= page.Events.Count) <= 0)
                    {
                        break;
                    }
                }
            }
            else
            {
                await foreach (var one in Followed.In(store).Follow(after, TestContext.Current.CancellationToken))
                {
                    seen.Add(one);
                    after = StreamPosition.Parse(one.Position.ToString());
                    if (--left == 0)
                    {
                        break;
                    }
                }
            }
        }

        return seen;
    }
}

public sealed class FollowLoadTestsOnSqlite() : FollowLoadTests(DatabaseServer.Sqlite);

public sealed class FollowLoadTestsOnPostgres() : FollowLoadTests(DatabaseServer.Postgres);

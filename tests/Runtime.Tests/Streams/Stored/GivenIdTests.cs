using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream(Name = "bag")]
public partial record Bag(int N, Dictionary<string, decimal> Sums);

[EventStream(Name = "bag_text", Body = BodyFormat.Json)]
public partial record BagText(int N, Dictionary<string, decimal> Sums);

/// <summary>Events under given ids: which were new, and that no other event takes their place.</summary>
public abstract class GivenIdTests(DatabaseServer server) : StoreSuite(server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_body_is_refused_and_nothing_of_its_call_is_stored(bool inContext)
    {
        await using var store = await OpenAsync<Visit>();
        await using var db = store.CreateDbContext();
        var visits = inContext ? Visit.In(db) : Visit.In(store);
        var (first, second, third) = (EventId.New(Noon), EventId.New(Noon), EventId.New(Noon));
        await visits.PutAsync([(first, new Visit(1)), (second, new Visit(2, "two"))]);

        var one = await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync(first, new Visit(9)));
        var many = await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync([(third, new Visit(3)), (second, new Visit(2, "TWO")), (first, new Visit(1))]));

        Assert.Equal((0, 1), (one.Index, many.Index));
        Assert.Contains(first.ToString(), one.Message, StringComparison.Ordinal);
        Assert.Contains(second.ToString(), many.Message, StringComparison.Ordinal);
        Assert.Equal([(first, 1, null), (second, 2, "two")], (await ListAsync(visits)).Select(found => (found.Id, found.Body.N, found.Body.Text)));
        Assert.Equal([true, false, false], await visits.PutAsync([(third, new Visit(3)), (second, new Visit(2, "two")), (first, new Visit(1))]));
    }

    [Fact]
    public async Task A_refusal_leaves_the_callers_transaction_usable()
    {
        await using var store = await OpenAsync<Visit>();
        await using var db = store.CreateDbContext();
        var (first, second) = (EventId.New(Noon), EventId.New(Noon));
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            Assert.True(await Visit.In(db).PutAsync(first, new Visit(1)));
            await Assert.ThrowsAsync<EventRejectedException>(async () => await Visit.In(db).PutAsync([(second, new Visit(2)), (first, new Visit(9))]));
            Assert.False(await Visit.In(db).PutAsync(first, new Visit(1)));
            await transaction.CommitAsync();
        }

        Assert.Equal([1], (await ListAsync(Visit.In(store))).Select(found => found.Body.N));
    }

    // jsonb keeps values, json the text.
    [Fact]
    public async Task Bodies_are_compared_as_they_are_stored()
    {
        await using var store = await OpenAsync(options => options.Only<Bag>().Only<BagText>());
        var (id, other) = (EventId.New(Noon), EventId.New(Noon));
        Dictionary<string, decimal> sums = new() { ["b"] = 1.0m, ["long"] = 20m }, turned = new() { ["long"] = 20.00m, ["b"] = 1m };

        Assert.True(await Bag.In(store).PutAsync(id, new Bag(1, sums)));
        Assert.False(await Bag.In(store).PutAsync(id, new Bag(1, turned)));
        Assert.Equal([true, false], await Bag.In(store).PutAsync([(other, new Bag(1, sums)), (id, new Bag(1, turned))]));
        await Assert.ThrowsAsync<EventRejectedException>(async () => await Bag.In(store).PutAsync(id, new Bag(1, new() { ["b"] = 1.01m, ["long"] = 20m })));
        Assert.True(await BagText.In(store).PutAsync(id, new BagText(1, sums)));
        Assert.False(await BagText.In(store).PutAsync(id, new BagText(1, sums)));
        await Assert.ThrowsAsync<EventRejectedException>(async () => await BagText.In(store).PutAsync(id, new BagText(1, turned)));
        await Assert.ThrowsAsync<EventRejectedException>(async () => await BagText.In(store).PutAsync([(other, new BagText(1, sums)), (id, new BagText(1, turned))]));
    }

    // Each posted event stands alone: of those under one id the first counts, also where they share a write.
    [Fact]
    public async Task Posted_events_under_given_ids_may_be_repeated_and_others_are_handed_back()
    {
        List<UnwrittenItem> refused = [];
        await using var store = await OpenAsync(options => options.Only<Visit>().OnRejected = refused.Add);
        var visits = Visit.In(store);
        var ids = Enumerable.Range(0, 1_200).Select(n => EventId.New(Noon.AddTicks(n))).ToArray();
        await visits.PutAsync(ids[5], new Visit(5));
        foreach (var round in Enumerable.Range(0, 2))
        {
            for (var n = 0; n < ids.Length; n++)
            {
                await visits.Post(ids[n], new Visit(n == 700 ? n + round : n));
            }

            await visits.Post(new Visit(-1), at: Noon.AddHours(1 + round));
            await visits.Post(ids[5], new Visit(-5));
        }

        await visits.Post(ids[3], new Visit(3));
        await store.FlushAsync();

        Assert.Equal([.. Enumerable.Range(0, 1_200), -1, -1], (await ListAsync(visits)).Select(found => found.Body.N));
        Assert.Equal([(ids[5], -5), (ids[5], -5), (ids[700], 701)], refused.Cast<UnwrittenEvent<Visit>>().Select(one => (one.Id!.Value, one.Body.N)).OrderBy(one => one.N));
        Assert.All(refused, one => Assert.IsType<EventRejectedException>(one.Error));
        Assert.All(refused, one => Assert.False(one.MayBeWritten));
        await Assert.ThrowsAsync<ArgumentException>(async () => await visits.Post(default(EventId), new Visit(1)));
        await using var db = store.CreateDbContext();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Visit.In(db).Post(ids[0], new Visit(0)));
    }

    // Calls that share a flush, and those of another store: of each event exactly one call is told that it was new.
    [Fact]
    public async Task Of_many_who_put_the_same_one_was_the_first()
    {
        await using var store = await OpenAsync<Visit>();
        await using var other = await OpenAsync<Visit>();
        var ids = Enumerable.Range(0, 40).Select(n => EventId.New(Noon.AddTicks(n))).ToArray();

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var visits = Visit.In(caller % 2 == 0 ? store : other);
            var isNew = new List<(int N, bool IsNew)>();
            foreach (var part in Enumerable.Range(0, 40).OrderBy(n => (n * 7 + caller) % 40).Chunk(caller + 1))
            {
                var result = await visits.PutAsync(part.Select(n => (ids[n], new Visit(n))));
                Assert.Equal(part.Length, result.Count);
                isNew.AddRange(part.Zip(result));
            }

            return isNew;
        })));

        Assert.Equal(Enumerable.Repeat(1, 40), told.SelectMany(one => one).GroupBy(one => one.N).OrderBy(one => one.Key).Select(one => one.Count(put => put.IsNew)));
        Assert.Equal(40, await Visit.In(store).CountAsync());
    }

    // Those who share a flush are told the same of one event, whichever of them brought it.
    [Fact]
    public async Task Many_who_put_one_event_at_once_are_all_told()
    {
        await using var store = await OpenAsync<Visit>(o => o.Writers = 1);
        for (var round = 0; round < 20; round++)
        {
            var (id, own) = (EventId.New(Noon.AddTicks(round)), Enumerable.Range(0, 8).Select(n => EventId.New(Noon.AddMinutes(n))).ToArray());
            Task<bool>[] single;
            Task<IReadOnlyList<bool>>[] lists;
            await using (await Database.HoldAsync())
            {
                single = [.. own.Select(_ => Task.Run(async () => await Visit.In(store).PutAsync(id, new Visit(round))))];
                lists = [.. own.Select(other => Task.Run(async () => await Visit.In(store).PutAsync([(id, new Visit(round)), (other, new Visit(-1))])))];
                await Task.Delay(20);
            }

            var told = await Task.WhenAll(lists);
            Assert.All(told, one => Assert.Equal(2, one.Count));
            Assert.All(told, one => Assert.True(one[1]));
            Assert.Equal(1, told.Count(one => one[0]) + (await Task.WhenAll(single)).Count(one => one));
        }
    }

    [Fact]
    public async Task Of_many_who_put_another_under_one_id_one_wins_and_the_others_hear_of_it()
    {
        await using var store = await OpenAsync<Visit>();
        var id = EventId.New(Noon);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
        {
            try
            {
                return await Visit.In(store).PutAsync([(EventId.New(Noon.AddMinutes(n)), new Visit(100 + n)), (id, new Visit(n))]) is [true, true] ? n : -2;
            }
            catch (EventRejectedException refused) when (refused.Index == 1)
            {
                return -1;
            }
        })));

        var winner = Assert.Single(outcomes, outcome => outcome >= 0);
        Assert.Equal(11, outcomes.Count(outcome => outcome == -1));
        Assert.Equal([winner, 100 + winner], (await ListAsync(Visit.In(store))).Select(found => found.Body.N));
    }

    [Fact]
    public async Task All_is_the_whole_stream_and_namespaces_are_listed()
    {
        await using var store = await OpenAsync(options => options.Only<Visit>().Only<OtherKind>());
        Assert.Empty(await store.NamespacesAsync());
        foreach (var space in new[] { "b", "a", "default", "B", "a.b" })
        {
            await Visit.In(store, space).PutAsync([new Visit(1), new Visit(2)]);
        }

        await OtherKind.In(store, "elsewhere").PutAsync(new OtherKind(1));
        await OtherKind.In(store, "a").PutAsync(new OtherKind(1));
        await Visit.In(store, "b").DeleteAllAsync();

        Assert.Equal(["B", "a", "a.b", "default", "elsewhere"], await store.NamespacesAsync());
        Assert.Equal([2, 1], (await ListAsync(Visit.In(store).All().Descending())).Select(found => found.Body.N));
        Assert.Equal(2, await Visit.In(store).All().CountAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await Visit.In(store).All().DeleteAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await Visit.In(store).After(default).DeleteAsync());
        Assert.Equal(2, await Visit.In(store).CountAsync());
    }

    // Ids of Kronos hold the time of UUID version 1 and 60 random bits.
    [Fact]
    public async Task A_second_import_of_Kronos_changes_nothing_and_the_order_is_kept()
    {
        await using var store = await OpenAsync<Visit>();
        Guid[] theirs =
        [
            Guid.Parse("13814000-1dd2-11b2-8000-000000000000"), Guid.Parse("13814000-1dd2-11b2-81c1-b5b3097ce80c"),
            Guid.Parse("13814001-1dd2-11b2-8160-5558a1cbb723"), Guid.Parse("00000000-1dd3-11b2-8613-c2e331c8e93d"), Guid.Parse("58e0a7d7-eebc-11d8-8669-0800200c9a66"),
        ];
        var events = theirs.Select((id, n) => (EventId.FromKronos(id), new Visit(n))).ToArray();

        Assert.All(await Visit.In(store).PutAsync(events.Reverse()), Assert.True);
        Assert.All(await Visit.In(store).PutAsync(events), Assert.False);

        Assert.Equal(Enumerable.Range(0, 5), (await ListAsync(Visit.In(store))).Select(found => found.Body.N));
        Assert.Equal([0, 0, 1], events.Take(3).Select(one => (one.Item1.Time - DateTimeOffset.UnixEpoch).Ticks));
    }
}

public sealed class GivenIdTestsOnSqlite() : GivenIdTests(DatabaseServer.Sqlite);

public sealed class GivenIdTestsOnPostgres() : GivenIdTests(DatabaseServer.Postgres);

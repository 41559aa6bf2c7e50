using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>Following a stream: the order, positions, pages, namespaces.</summary>
public abstract class FollowTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Events_come_in_the_order_of_their_commits_and_those_to_come_too()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);

        // Later puts of earlier times: the order of commits is not that of ids.
        await stream.PutAsync(new Followed(1), Noon);
        await stream.PutAsync(new Followed(2), Noon.AddSeconds(-1));
        await using var loop = stream.Follow(cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.Equal(1, await NextAsync(loop));
        Assert.Equal(2, await NextAsync(loop));
        var waiting = loop.MoveNextAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        await stream.PutAsync(new Followed(3), Noon.AddSeconds(-2));
        Assert.True(await waiting);
        Assert.Equal((3, Noon.AddSeconds(-2)), (loop.Current.Body.N, loop.Current.Time));
        Assert.Equal(loop.Current.Event.Id, loop.Current.Id);
    }

    [Fact]
    public async Task Every_position_goes_on_after_its_event()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(Enumerable.Range(0, 5).Select(n => (new Followed(n), Noon.AddSeconds(-n))));
        await stream.PutAsync(Enumerable.Range(5, 5).Select(n => (new Followed(n), Noon.AddSeconds(-n))));
        var all = await Tails.TakeAsync(stream.Follow(), 10);

        Assert.Equal(all.Select(one => one.Position).Order(), all.Select(one => one.Position));
        Assert.Equal(all.Select(one => one.Position.ToString()).Order(StringComparer.Ordinal), all.Select(one => one.Position.ToString()));
        Assert.Equal(Enumerable.Range(0, 10), all.Select(one => one.Body.N).Order());
        Assert.All(all.Take(5), one => Assert.InRange(one.Body.N, 0, 4)); // the first put, whatever the order within it
        for (var i = 0; i < 9; i++)
        {
            var rest = await Tails.TakeAsync(stream.Follow(StreamPosition.Parse(all[i].Position.ToString())), 9 - i);
            Assert.Equal(all.Skip(i + 1).Select(one => (one.Id, one.Position)), rest.Select(one => (one.Id, one.Position)));
        }
    }

    [Fact]
    public async Task The_end_leaves_out_what_was_committed_and_nothing_else()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        var empty = await stream.EndPositionAsync();
        await stream.PutAsync([new Followed(1), new Followed(2)]);

        // They come when no transaction of another test holds the horizon back any more.
        var two = await Tails.TakeAsync(stream.Follow(empty), 2);
        var end = await stream.EndPositionAsync();
        await stream.PutAsync(new Followed(3));

        Assert.True(StreamPosition.Start < empty && two.TrueForAll(one => empty < one.Position && one.Position <= end));
        Assert.Equal(3, Assert.Single(await Tails.TakeAsync(stream.Follow(end), 1)).Body.N);
        Assert.Equal([1, 2, 3], (await Tails.TakeAsync(stream.Follow(empty), 3)).Select(one => one.Body.N).Order());
    }

    // The first follower records which history of commits the database has.
    [Fact]
    public async Task The_first_follower_waits_for_whoever_writes()
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).PutAsync(new Followed(1));
        Task<List<FollowedEvent<Followed>>> following;
        await using (await Database.HoldAsync())
        {
            following = Task.Run(() => Tails.TakeAsync(Followed.In(store).Follow(), 1));
            await Task.WhenAny(following, Task.Delay(500));
            Assert.False(following.IsFaulted, following.Exception?.ToString());
        }

        Assert.Equal(1, Assert.Single(await following).Body.N);
    }

    [Fact]
    public async Task Pages_have_one_position_and_no_more_events_than_asked_for()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(Enumerable.Range(0, 25).Select(n => new Followed(n)));
        var pages = await Tails.TakeAsync(stream.FollowBatches(most: 10), 3);

        Assert.Equal([10, 10, 5], pages.Select(page => page.Events.Count));
        Assert.All(pages, page => Assert.Equal(page.Events[^1].Position, page.Position));
        Assert.Equal(Enumerable.Range(0, 25), pages.SelectMany(page => page.Events).Select(one => one.Body.N));
        Assert.Equal(Enumerable.Range(10, 10), (await Tails.TakeAsync(stream.FollowBatches(pages[0].Position, 10), 1))[0].Events.Select(one => one.Body.N));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FollowBatches(most: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FollowBatches(most: 5_001));
    }

    [Fact]
    public async Task More_events_than_a_page_come_in_order()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(Enumerable.Range(0, 7_000).Select(n => new Followed(n)));
        await stream.PutAsync(Enumerable.Range(7_000, 5_000).Select(n => new Followed(n)));

        Assert.Equal(Enumerable.Range(0, 12_000), (await Tails.TakeAsync(stream.Follow(), 12_000)).Select(one => one.Body.N));
    }

    [Fact]
    public async Task Namespaces_are_followed_apart()
    {
        await using var store = await OpenAsync<Followed>();
        for (var n = 0; n < 6; n++)
        {
            await Followed.In(store, n % 2 == 0 ? "even" : "odd").PutAsync(new Followed(n));
        }

        Assert.Equal([0, 2, 4], (await Tails.TakeAsync(Followed.In(store, "even").Follow(), 3)).Select(one => one.Body.N));
        Assert.Equal([1, 3, 5], (await Tails.TakeAsync(Followed.In(store, "odd").Follow(), 3)).Select(one => one.Body.N));
        await using var none = Followed.In(store, "none").Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var waiting = none.MoveNextAsync().AsTask();
        await Followed.In(store, "even").PutAsync(new Followed(6));
        await Followed.In(store, "none").PutAsync(new Followed(7));
        Assert.True(await waiting);
        Assert.Equal(7, none.Current.Body.N);
    }

    [Fact]
    public async Task Deleted_events_do_not_come_and_their_places_are_not_given_again()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(Enumerable.Range(0, 5).Select(n => new Followed(n)));
        var all = await Tails.TakeAsync(stream.Follow(), 5);
        await stream.DeleteAsync(all[2].Id);
        Assert.Equal([0, 1, 3, 4], (await Tails.TakeAsync(stream.Follow(), 4)).Select(one => one.Body.N));

        await stream.DeleteAllAsync();
        await stream.PutAsync(new Followed(5));
        var next = Assert.Single(await Tails.TakeAsync(stream.Follow(all[4].Position), 1));
        Assert.Equal(5, next.Body.N);
        Assert.True(next.Position > all[4].Position);
    }

    [Fact]
    public async Task Events_that_were_put_again_come_once()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        var id = EventId.New(Noon);
        Assert.True(await stream.PutAsync(id, new Followed(1)));
        var first = Assert.Single(await Tails.TakeAsync(stream.Follow(), 1));
        Assert.False(await stream.PutAsync(id, new Followed(1)));
        await stream.PutAsync(new Followed(2));

        Assert.Equal([1, 2], (await Tails.TakeAsync(stream.Follow(), 2)).Select(one => one.Body.N));
        Assert.Equal(2, (await Tails.TakeAsync(stream.Follow(first.Position), 1))[0].Body.N);
    }

    [Fact]
    public async Task Writes_of_a_context_come_when_they_are_committed()
    {
        await using var store = await OpenAsync<Followed>();
        await using var loop = Followed.In(store).Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var context = store.CreateDbContext();
        await using (var transaction = await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await Followed.In(context).PutAsync(new Followed(1));
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await Followed.In(context).PutAsync(new Followed(2));

        Assert.Equal(2, await NextAsync(loop));
    }

    [Fact]
    public async Task Commits_of_another_store_come_too()
    {
        await using var store = await OpenAsync<Followed>();
        await using var other = await OpenAsync<Followed>();
        await using var loop = Followed.In(store).Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (var n = 0; n < 3; n++)
        {
            var waiting = loop.MoveNextAsync().AsTask();
            await Followed.In(other).PutAsync(new Followed(n));
            Assert.True(await waiting);
            Assert.Equal(n, loop.Current.Body.N);
        }
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_skipped_by_its_position_or_handled()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        var ids = await stream.PutAsync(Enumerable.Range(0, 4).Select(n => new Followed(n)));
        await Database.ScalarAsync($"update followed set body = '{{\"n\": \"two\"}}' where id = {IdText(ids[2])}");

        List<int> seen = [];
        var error = await Assert.ThrowsAsync<UnreadableEventException>(async () =>
        {
            await foreach (var one in stream.Follow(cancellationToken: TestContext.Current.CancellationToken))
            {
                seen.Add(one.Body.N);
            }
        });
        Assert.Equal([0, 1], seen);
        Assert.Equal(ids[2], error.Id);
        Assert.Equal(3, (await Tails.TakeAsync(stream.Follow(error.Position!.Value), 1))[0].Body.N);

        List<EventId> handled = [];
        Assert.Equal([0, 1, 3], (await Tails.TakeAsync(stream.OnUnreadable(one => handled.Add(one.Id)).Follow(), 3)).Select(one => one.Body.N));
        Assert.Equal([ids[2]], handled);
        var page = (await Tails.TakeAsync(stream.OnUnreadable(_ => { }).FollowBatches(most: 3), 1))[0];
        Assert.Equal([0, 1], page.Events.Select(one => one.Body.N));
        Assert.Equal(3, (await Tails.TakeAsync(stream.Follow(page.Position), 1))[0].Body.N);
    }

    [Fact]
    public async Task A_loop_ends_when_it_is_cancelled_or_the_store_is_disposed()
    {
        await using var store = await OpenAsync<Followed>();
        using var stop = new CancellationTokenSource();
        await using var loop = Followed.In(store).Follow(cancellationToken: stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var waiting = loop.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var other = await OpenAsync<Followed>();
        await using var left = Followed.In(other).Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var last = left.MoveNextAsync().AsTask();
        await other.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => last);
    }

    [Fact]
    public async Task A_store_that_may_only_read_follows_where_a_history_is_recorded()
    {
        await (await OpenAsync<Followed>()).DisposeAsync();
        await using (var early = await OpenAsync<Followed>(options => options.ReadOnly()))
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Tails.TakeAsync(Followed.In(early).Follow(), 1));
            Assert.Contains("ReadOnly()", refused.Message, StringComparison.Ordinal);
        }

        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).EndPositionAsync();
        await Followed.In(store).PutAsync(new Followed(1));
        await using var reader = await OpenAsync<Followed>(options => options.ReadOnly());
        Assert.Equal(1, (await Tails.TakeAsync(Followed.In(reader).Follow(), 1))[0].Body.N);
    }

    protected bool IsSqlite => Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);

    private string IdText(EventId id) => IsSqlite ? $"x'{id.ToGuid():N}'" : $"'{id}'";

    private static async Task<int> NextAsync(IAsyncEnumerator<FollowedEvent<Followed>> loop)
    {
        Assert.True(await loop.MoveNextAsync());
        return loop.Current.Body.N;
    }
}

public sealed class FollowTestsOnSqlite() : FollowTests(DatabaseServer.Sqlite);

public sealed class FollowTestsOnPostgres() : FollowTests(DatabaseServer.Postgres);

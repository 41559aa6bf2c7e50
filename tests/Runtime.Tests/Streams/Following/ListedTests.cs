using System.Globalization;
using Microsoft.Data.Sqlite;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Storage;
using Typed.Sqlite;
using Typed.Storage;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>
/// What a store's flush lists in <c>typed_commits</c> and what others write, which only the table tells: both come, once, in the order of their commits,
/// whatever is deleted, put again or added by hand in between.
/// </summary>
public abstract class ListedTests(DatabaseServer server) : StoreSuite(server)
{
    /// <summary>So many are loaded in bulk on PostgreSQL.</summary>
    protected const int Many = 1_000;

    private const int OfList = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task All_that_is_left_comes_once_in_the_order_of_its_commits(int seed)
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).EndPositionAsync();
        var random = new Random(seed);
        string[] spaces = ["default", "other", "a.b-c"];
        List<(string Space, Guid Id, int N)> expected = [];
        List<(string Space, Guid Id)> deleted = [];
        var next = 0;
        for (var step = 0; step < 30; step++)
        {
            var space = spaces[random.Next(spaces.Length)];
            switch (random.Next(8))
            {
                case 0 or 1:
                    await PutAsync(Followed.In(store, space), space, Many + random.Next(150));
                    break;
                case 2:
                    await PutAsync(Followed.In(store, space), space, 1 + random.Next(20));
                    break;
                case 3:
                    await using (var context = store.CreateDbContext())
                    {
                        await PutAsync(Followed.In(context, space), space, random.Next(2) == 0 ? 3 : Many);
                    }

                    break;
                case 4:
                    for (var i = 0; i < 3; i++)
                    {
                        var (id, n) = (EventId.First(At()), next++);
                        await Database.ScalarAsync(Raw(space, id.ToGuid(), n));
                        expected.Add((space, id.ToGuid(), n));
                    }

                    break;
                case 5:
                    var from = At();
                    var gone = await Followed.In(store, space).Between(from, from.AddMinutes(random.Next(1, 30))).DeleteAsync();
                    var left = (await ListAsync(Followed.In(store, space).All())).Select(one => one.Id.ToGuid()).ToHashSet();
                    var removed = expected.Where(one => one.Space == space && !left.Contains(one.Id)).ToArray();
                    Assert.Equal(removed.Length, gone);
                    deleted.AddRange(removed.Select(one => (one.Space, one.Id)));
                    expected.RemoveAll(one => removed.Contains(one));
                    break;
                case 6 when deleted.Count > 0:
                    // Under ids that lists still hold.
                    var again = deleted.Where(one => one.Space == deleted[^1].Space).Take(random.Next(2) == 0 ? 1 : Many).ToArray();
                    deleted.RemoveAll(again.Contains);
                    var back = again.OrderBy(one => one.Id).Select(one => (Id: EventId.FromGuid(one.Id), Body: new Followed(next++))).ToArray();
                    await Followed.In(store, again[0].Space).PutAsync(back);
                    expected.AddRange(back.Select(one => (again[0].Space, one.Id.ToGuid(), one.Body.N)));
                    break;
                default:
                    if (Of(space) is { Length: > 0 } known)
                    {
                        await CutOffAsync(Followed.In(store, space), known);
                    }

                    break;
            }
        }

        foreach (var space in spaces)
        {
            var stream = Followed.In(store, space);
            var all = Of(space);
            var seen = await Tails.TakeAsync(stream.Follow(), all.Length);
            Assert.Equal(all, seen.Select(one => (one.Id.ToGuid(), one.Body.N)));
            Assert.Equal(seen.Select(one => one.Position).Order(), seen.Select(one => one.Position));
            Assert.Equal(seen.Select(one => one.Position.ToString()).Order(StringComparer.Ordinal), seen.Select(one => one.Position.ToString()));
            for (var i = 0; i < all.Length; i += 1 + random.Next(500))
            {
                var at = StreamPosition.Parse(seen[i].Position.ToString());
                var rest = await Tails.TakeAsync(stream.Follow(at), Math.Min(300, all.Length - i - 1));
                Assert.Equal(seen.Skip(i + 1).Take(300).Select(one => one.Position), rest.Select(one => one.Position));
            }

            await NothingComesAsync(stream, all.Length == 0 ? StreamPosition.Start : seen[^1].Position);
        }

        (Guid Id, int N)[] Of(string space) => [.. expected.Where(one => one.Space == space).Select(one => (one.Id, one.N))];

        // A follower from the beginning, cut off anywhere, in pages of any size, and another one from there.
        async Task CutOffAsync(FollowedStream<Followed> stream, (Guid Id, int N)[] known)
        {
            var (count, most) = (Math.Min(known.Length, random.Next(1, 2_000)), random.Next(1, 400));
            List<FollowedEvent<Followed>> part = [];
            await foreach (var page in stream.FollowBatches(most: most, cancellationToken: TestContext.Current.CancellationToken))
            {
                part.AddRange(page.Events);
                if (part.Count >= count)
                {
                    break;
                }
            }

            Assert.Equal(known.Take(part.Count), part.Select(one => (one.Id.ToGuid(), one.Body.N)));
            var rest = await Tails.TakeAsync(stream.Follow(part[^1].Position), known.Length - part.Count);
            Assert.Equal(known.Skip(part.Count), rest.Select(one => (one.Id.ToGuid(), one.Body.N)));
        }

        DateTimeOffset At() => Noon.AddMinutes(random.Next(-300, 0)).AddTicks(next++);

        async Task PutAsync(EventStream<Followed> stream, string space, int count)
        {
            var start = At();
            var events = Enumerable.Range(0, count).Select(i => (Event: new Followed(next++), At: start.AddSeconds(random.Next(-300, 300)))).ToArray();
            var ids = await stream.PutAsync(events);
            expected.AddRange(ids.Zip(events).OrderBy(pair => pair.First.ToGuid()).Select(pair => (space, pair.First.ToGuid(), pair.Second.Event.N)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(OfList - 1)]
    [InlineData(OfList)]
    [InlineData(OfList + 1)]
    [InlineData(5_000)]
    public async Task Pages_of_any_size_hold_all_of_a_list(int most)
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(Enumerable.Range(0, Many + 1).Select(n => new Followed(n)));
        await stream.PutAsync(new Followed(Many + 1));
        await stream.PutAsync(Enumerable.Range(Many + 2, (2 * Many) + OfList).Select(n => new Followed(n)));
        var total = (3 * Many) + OfList + 2;
        List<int> seen = [];
        StreamPosition at = default;
        while (seen.Count < total)
        {
            await foreach (var page in stream.FollowBatches(at, most, TestContext.Current.CancellationToken))
            {
                Assert.InRange(page.Events.Count, 1, most);
                seen.AddRange(page.Events.Select(one => one.Body.N));
                at = page.Position;
                if (seen.Count >= total || seen.Count % 3 == 0)
                {
                    break;
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, total), seen);
        await NothingComesAsync(stream, at);
    }

    [Fact]
    public async Task A_stream_whose_events_are_deleted_or_expired_is_not_listed_any_more()
    {
        await using var store = await OpenAsync(options => options.Only<Followed>().Only<Kept>());
        var stream = Followed.In(store);
        var kept = Followed.In(store, "kept");
        await kept.PutAsync(Enumerable.Range(0, Many).Select(n => new Followed(n)));
        await stream.PutAsync(Enumerable.Range(0, 3 * Many).Select(n => (new Followed(n), Noon.AddSeconds(n))));
        await Kept.In(store).PutAsync(Enumerable.Range(0, Many).Select(n => (new Kept(n), Noon.AddDays(-2))));
        await Kept.In(store).PutAsync(Enumerable.Range(0, Many).Select(n => (new Kept(n), Noon)));
        var end = await stream.EndPositionAsync();

        Assert.Equal(Many, await stream.Before(Noon.AddSeconds(Many)).DeleteAsync());
        Assert.Equal(2 * Many, await stream.CountAsync());
        Assert.Equal(Enumerable.Range(Many, 2 * Many), (await Tails.TakeAsync(stream.Follow(), 2 * Many)).Select(one => one.Body.N));
        await stream.DeleteAllAsync();
        Assert.Equal(Many, await Kept.In(store).ExpireAsync());

        Assert.Equal(0L, await Database.ScalarAsync("select count(*) from typed_commits where stream = 'followed' and namespace = 'default' and " + IsNotLast));
        Assert.NotEqual(0L, await Database.ScalarAsync("select count(*) from typed_commits where stream = 'followed' and namespace = 'kept'"));
        Assert.NotEqual(0L, await Database.ScalarAsync("select count(*) from typed_commits where stream = 'kept'"));
        Assert.Equal(Enumerable.Range(0, Many), (await Tails.TakeAsync(Kept.In(store).Follow(), Many)).Select(one => one.Body.N));
        Assert.Equal(Enumerable.Range(0, Many), (await Tails.TakeAsync(kept.Follow(), Many)).Select(one => one.Body.N));
        await stream.PutAsync(Enumerable.Range(0, Many).Select(n => new Followed(n)));
        Assert.Equal(Enumerable.Range(0, Many), (await Tails.TakeAsync(stream.Follow(end), Many)).Select(one => one.Body.N));
    }

    [Fact]
    public async Task Lists_cost_a_row_for_each_load_and_not_for_each_event()
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).PutAsync(Enumerable.Range(0, 20 * Many).Select(n => new Followed(n)));

        var rows = (long)(await Database.ScalarAsync("select count(*) from typed_commits"))!;
        Assert.InRange(rows, 1, 20 * Many / OfList);
        await Followed.In(store).PutAsync(new Followed(-1)); // which PostgreSQL finds by the index
        Assert.InRange((long)(await Database.ScalarAsync("select count(*) from typed_commits"))! - rows, 0, 1);
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_followed_from_the_beginning()
    {
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync(Enumerable.Range(0, 50).Select(n => new Followed(n)));
            await Followed.In(store, "other").PutAsync(new Followed(-1));
            await Followed.In(store).PutAsync(Enumerable.Range(50, 50).Select(n => new Followed(n)));
        }

        // As it was: an index of all rows, and nothing listed. The index is the owner's to change.
        await Database.ScalarAsync("drop table typed_commits");
        await Database.ScalarAsync("drop index if exists \"IX_followed_namespace_tx_id\"");
        await Database.ScalarAsync("create index \"IX_followed_namespace_tx_id\" on followed (namespace, tx, id)");
        await using var now = await OpenAsync<Followed>();
        var stream = Followed.In(now);
        var old = await Tails.TakeAsync(stream.Follow(), 100);
        await stream.PutAsync(Enumerable.Range(100, Many).Select(n => new Followed(n)));
        await stream.PutAsync(new Followed(100 + Many));

        Assert.Equal(Enumerable.Range(0, 100), old.Select(one => one.Body.N));
        Assert.Equal(Enumerable.Range(100, Many + 1), (await Tails.TakeAsync(stream.Follow(old[^1].Position), Many + 1)).Select(one => one.Body.N));
        Assert.Equal(Enumerable.Range(0, Many + 101), (await Tails.TakeAsync(stream.Follow(), Many + 101)).Select(one => one.Body.N));
        Assert.Equal(-1, (await Tails.TakeAsync(Followed.In(now, "other").Follow(), 1))[0].Body.N);
    }

    [Fact]
    public async Task A_table_that_was_dropped_and_made_anew_has_no_lists_of_before()
    {
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store, "before").PutAsync(Enumerable.Range(0, Many).Select(n => new Followed(n)));
        }

        await Database.ScalarAsync("drop table followed");
        await using var again = await OpenAsync<Followed>();
        await Followed.In(again, "now").PutAsync(Enumerable.Range(0, 10).Select(n => new Followed(n)));

        Assert.Equal(Enumerable.Range(0, 10), (await Tails.TakeAsync(Followed.In(again, "now").Follow(), 10)).Select(one => one.Body.N));
    }

    /// <summary>A condition on lists: the one that says how far all is listed stays.</summary>
    protected virtual string IsNotLast => "true";

    /// <summary>Inserts an event by hand.</summary>
    protected abstract string Raw(string space, Guid id, int n);

    private static async Task NothingComesAsync(FollowedStream<Followed> stream, StreamPosition after)
    {
        await using var loop = stream.Follow(after, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var waiting = loop.MoveNextAsync().AsTask();
        await stream.PutAsync(new Followed(int.MaxValue));
        Assert.True(await waiting);
        Assert.Equal(int.MaxValue, loop.Current.Body.N);
    }
}

[EventStream(Follow = true, Retain = "1d")]
public partial record Kept(int N);

public sealed class ListedTestsOnSqlite() : ListedTests(DatabaseServer.Sqlite)
{
    protected override string IsNotLast => "last < (select max(last) from typed_commits where stream = 'followed')";

    protected override string Raw(string space, Guid id, int n) => string.Create(
        CultureInfo.InvariantCulture,
        $"insert into followed (namespace, id, time, body) "
        + $"values ('{space}', x'{id:N}', {EventId.TimeOf(id).ToUnixTimeMilliseconds()}000, '{{\"n\":{n},\"writer\":0}}')");
}

public sealed class ListedPlanTests() : StoreSuite(DatabaseServer.Sqlite)
{
    // Rows of other namespaces, and those that were read, are never touched.
    [Fact]
    public async Task Nothing_is_scanned_or_sorted()
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).PutAsync([new Followed(0), new Followed(1)]);
        var table = store.TablesOf(typeof(Followed)).Stream(Declarations.Definition<Followed>()).Table;
        var statements = store.Following.Statements(table);
        await using var file = new SqliteConnection(Database.ConnectionString);
        var commit = SqliteDialect.Instance.StatementsOf(table.Write).Commit!;
        foreach (var sql in (Sql[])[.. commit.Before.Skip(1), .. commit.After])
        {
            var plan = await Plans.LinesAsync(file, $"explain query plan {sql.Text}", column: 3);
            Assert.Contains("SEARCH followed", plan, StringComparison.Ordinal); // for the largest number, or behind it
            Assert.Contains("SEARCH typed_commits USING COVERING INDEX IX_typed_commits_stream_last (stream=?)", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN followed", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("IX_followed", plan, StringComparison.Ordinal);
        }

        foreach (var sql in new[] { statements.State, statements.Page, statements.Listed })
        {
            var plan = await Plans.LinesAsync(file, $"explain query plan {sql.Text}", column: 3);
            Assert.Contains("SEARCH t USING INTEGER PRIMARY KEY (rowid>?", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN t", plan.Replace("SCAN typed_follow", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN c", plan, StringComparison.Ordinal);
            Assert.False(sql == statements.Page && plan.Contains("typed_commits", StringComparison.Ordinal)); // whatever was listed since the state was read
            const string ByNamespace = "SEARCH c USING INDEX sqlite_autoindex_typed_commits_1 (stream=? AND namespace=? AND last>?";
            Assert.True(sql == statements.Page || plan.Contains(ByNamespace, StringComparison.Ordinal), plan);
        }
    }
}

public sealed class ListedRangeTests() : StoreSuite(DatabaseServer.Sqlite)
{
    [Fact]
    public async Task What_is_put_one_by_one_is_one_list()
    {
        await using var store = await OpenAsync<Followed>();
        for (var n = 0; n < 20; n++)
        {
            await Followed.In(store).PutAsync(new Followed(n));
        }

        Assert.Equal("1 | 20", Assert.Single(await Database.ReadAsync("select first, last from typed_commits")));
        await Followed.In(store, "other").PutAsync(new Followed(20));
        await Followed.In(store).PutAsync(new Followed(21));
        Assert.Equal(3L, await Database.ScalarAsync("select count(*) from typed_commits"));
        Assert.Equal(Enumerable.Range(0, 20).Append(21), (await Tails.TakeAsync(Followed.In(store).Follow(), 21)).Select(one => one.Body.N));
    }

    // As after a copy of the table by hand, of which the newest rows had been deleted: numbers are given again.
    [Fact]
    public async Task Lists_beyond_the_last_number_say_nothing()
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store, "before").PutAsync(Enumerable.Range(0, 100).Select(n => new Followed(n)));
        await Database.ScalarAsync("delete from followed where tx > 90");
        await Database.ScalarAsync("update sqlite_sequence set seq = 90 where name = 'followed'");
        await Followed.In(store, "now").PutAsync(Enumerable.Range(0, 8).Select(n => new Followed(n)));

        Assert.Equal(Enumerable.Range(0, 8), (await Tails.TakeAsync(Followed.In(store, "now").Follow(), 8)).Select(one => one.Body.N));
        Assert.Equal(Enumerable.Range(0, 90), (await Tails.TakeAsync(Followed.In(store, "before").Follow(), 90)).Select(one => one.Body.N));
    }
}

public sealed class ListedTestsOnPostgres() : ListedTests(DatabaseServer.Postgres)
{
    protected override string Raw(string space, Guid id, int n) => string.Create(
        CultureInfo.InvariantCulture,
        $"insert into followed (namespace, id, time, body) values ('{space}', '{id}', '{EventId.TimeOf(id):O}', '{{\"n\":{n},\"writer\":0}}')");

    // A table may have been restored without the lists, or the lists with the numbers of another cluster.
    [Theory]
    [InlineData("truncate typed_commits")]
    [InlineData("update typed_commits set tx = '1000000000000'")]
    [InlineData("update typed_commits set tx = '3'")]
    public async Task A_dump_of_another_cluster_is_followed_from_the_beginning(string restored)
    {
        StreamPosition old;
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync(Enumerable.Range(0, Many).Select(n => new Followed(n)));
            await Followed.In(store, "other").PutAsync(new Followed(-1));
            old = (await Tails.TakeAsync(Followed.In(store).Follow(), 1))[0].Position;
        }

        await Database.ScalarAsync("create table dumped as select * from typed_follow; truncate typed_follow; insert into typed_follow select * from dumped");
        await Database.ScalarAsync(restored);
        await using var now = await OpenAsync<Followed>();
        await RestoredTests.RefusedAsync(Followed.In(now), old, "another history of commits");
        await Followed.In(now).PutAsync(Enumerable.Range(Many, Many).Select(n => new Followed(n)));

        Assert.Equal(Enumerable.Range(0, 2 * Many), (await Tails.TakeAsync(Followed.In(now).Follow(), 2 * Many)).Select(one => one.Body.N));
        Assert.Equal(-1, (await Tails.TakeAsync(Followed.In(now, "other").Follow(), 1))[0].Body.N);
    }

    // pg_dump -t, into a database where nobody has followed yet.
    [Fact]
    public async Task A_table_that_came_alone_is_followed_from_the_beginning()
    {
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync(Enumerable.Range(0, Many).Select(n => new Followed(n)));
        }

        await Database.ScalarAsync("truncate typed_follow, typed_commits");
        await using var now = await OpenAsync<Followed>();
        await Followed.In(now).EndPositionAsync();
        await Followed.In(now).PutAsync(Enumerable.Range(Many, Many).Select(n => new Followed(n)));

        Assert.Equal(Enumerable.Range(0, 2 * Many), (await Tails.TakeAsync(Followed.In(now).Follow(), 2 * Many)).Select(one => one.Body.N));
    }

    // The list of a load that commits late has a lower number than those before it.
    [Fact]
    public async Task Loads_that_commit_late_are_waited_for()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.EndPositionAsync();
        await using var blocker = store.CreateDbContext();
        await using var late = await blocker.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Followed.In(blocker).PutAsync(new Followed(0));
        await stream.PutAsync(Enumerable.Range(1, Many).Select(n => new Followed(n)));
        await using var loop = stream.Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var waiting = loop.MoveNextAsync().AsTask();
        await stream.PutAsync(Enumerable.Range(Many + 1, Many).Select(n => new Followed(n)));
        Assert.False(waiting.IsCompleted);
        await late.CommitAsync(TestContext.Current.CancellationToken);

        Assert.True(await waiting);
        Assert.Equal(0, loop.Current.Body.N);
        for (var n = 1; n <= 2 * Many; n++)
        {
            Assert.True(await loop.MoveNextAsync());
            Assert.Equal(n, loop.Current.Body.N);
        }
    }

    // The deletion sees the rows of a load that was committed before it looks at the lists, and not their deletion.
    [Fact]
    public async Task Loads_beside_deletions_stay_listed()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.EndPositionAsync();
        var deleting = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await stream.Before(Noon.AddDays(1)).DeleteAsync();
            }
        });
        for (var i = 0; i < 15; i++)
        {
            await stream.PutAsync(Enumerable.Range(0, Many).Select(n => (new Followed(n), Noon)));
        }

        await deleting;
        var left = (await ListAsync(stream.All())).Select(one => one.Id).Order().ToArray();
        Assert.Equal(left, (await Tails.TakeAsync(stream.Follow(), left.Length)).Select(one => one.Id).Order());
    }
}

using System.Globalization;
using Npgsql;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Storage;
using Typed.Storage;
using Typed.Streams.Following;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>What only PostgreSQL has: transactions that commit late, plans, servers that follow no single order of commits.</summary>
public sealed class FollowHorizonTests() : StoreSuite(DatabaseServer.Postgres)
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    [Fact]
    public async Task What_commits_late_is_waited_for_and_comes_in_its_place()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await using var context = store.CreateDbContext();
        await using var late = await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Followed.In(context).PutAsync(new Followed(1));
        await stream.PutAsync(new Followed(2));
        var end = await stream.EndPositionAsync();
        await using var loop = stream.Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var waiting = loop.MoveNextAsync().AsTask();
        await stream.PutAsync(new Followed(3));
        Assert.Equal(2, await stream.CountAsync());
        Assert.False(waiting.IsCompleted);
        await late.CommitAsync(TestContext.Current.CancellationToken);

        Assert.True(await waiting);
        List<int> seen = [loop.Current.Body.N];
        while (seen.Count < 3 && await loop.MoveNextAsync())
        {
            seen.Add(loop.Current.Body.N);
        }

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal([1, 2, 3], (await Tails.TakeAsync(stream.Follow(end), 3)).Select(one => one.Body.N)); // none of them was behind the end
    }

    [Fact]
    public async Task What_is_rolled_back_holds_nothing_up_for_longer()
    {
        await using var store = await OpenAsync<Followed>();
        await using var context = store.CreateDbContext();
        await using var late = await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Followed.In(context).PutAsync(new Followed(1));
        await Followed.In(store).PutAsync(new Followed(2));
        var first = Tails.TakeAsync(Followed.In(store).Follow(), 1);
        Assert.False(first.IsCompleted);
        await late.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, (await first)[0].Body.N);
    }

    // A subtransaction has a number of its own; the event has that of the whole transaction.
    [Fact]
    public async Task Savepoints_count_with_their_transaction()
    {
        await using var store = await OpenAsync<Followed>();
        await using var context = store.CreateDbContext();
        await using (var whole = await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            for (var n = 0; n < 4; n++)
            {
                await whole.CreateSavepointAsync("one", TestContext.Current.CancellationToken);
                await Followed.In(context).PutAsync(new Followed(n));
                await (n % 2 == 0
                    ? whole.RollbackToSavepointAsync("one", TestContext.Current.CancellationToken)
                    : whole.ReleaseSavepointAsync("one", TestContext.Current.CancellationToken));
            }

            await whole.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal([1, 3], (await Tails.TakeAsync(Followed.In(store).Follow(), 2)).Select(one => one.Body.N));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(500)]
    public async Task A_look_at_an_idle_stream_takes_a_few_pages_however_long_the_stream(int together)
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        var count = s_isSoak ? 1_000_000 : 30_000;
        for (var n = 0; n < count; n += together)
        {
            await stream.PutAsync(Enumerable.Range(n, together).Select(each => new Followed(each)));
        }

        await Database.ScalarAsync("vacuum analyze followed");
        await Database.ScalarAsync("vacuum analyze typed_commits");
        var end = await stream.EndPositionAsync();
        var statements = store.Following.Statements(store.TablesOf(typeof(Followed)).Stream(Declarations.Definition<Followed>()).Table);
        var last = (await Tails.TakeAsync(stream.Follow(), count))[^1].Position;
        foreach (var at in new[] { end, last })
        {
            var idle = await ExplainAsync(statements.State, "text, bigint, uuid, bigint, bigint", Values(at));
            Assert.Contains("Index", idle, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on followed", idle, StringComparison.Ordinal);
            Assert.True(together < 1_000 || !idle.Contains("Seq Scan on typed_commits", StringComparison.Ordinal), idle); // without a load it is empty
            Assert.InRange(Buffers(idle), 1, 14);
        }

        var first = await ExplainAsync(statements.State, "text, bigint, uuid, bigint, bigint", Values(StreamPosition.Start));
        Assert.InRange(Buffers(first), 1, 30);

        // Listed events are found one by one by their ids: three pages each.
        var isListed = together >= 1_000;
        var page = await ExplainAsync(
            isListed ? statements.Listed : statements.Page,
            isListed ? "text, bigint, bigint, bigint, bigint, bigint" : "text, bigint, uuid, bigint, bigint",
            isListed ? "0, 0, 0, 1000000000, 10" : $"0, '{Guid.Empty}', 1000000000, 10");
        Assert.Contains("Index Scan", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", page, StringComparison.Ordinal);
        Assert.InRange(Buffers(page), 1, isListed ? 1_000 : 30);
    }

    [Fact]
    public async Task A_table_that_is_spread_over_servers_is_refused_by_name()
    {
        await using var store = await OpenAsync(options => options.Only<Followed>().Only<FollowedText>());
        await Database.ScalarAsync("create table pg_dist_partition (logicalrelid regclass)"); // as Citus has it
        await Database.ScalarAsync("insert into pg_dist_partition values ('followed')");

        var refused = await Assert.ThrowsAsync<NotSupportedException>(async () => await Tails.TakeAsync(Followed.In(store).Follow(), 1));
        Assert.Contains("Citus", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'followed'", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await Followed.In(store).EndPositionAsync());

        await FollowedText.In(store).PutAsync(new FollowedText(1)); // a table that Citus leaves where it is
        Assert.Equal(1, (await Tails.TakeAsync(FollowedText.In(store).Follow(), 1))[0].Body.N);
    }

    private static int Buffers(string plan)
    {
        var total = plan.Split('\n').First(line => line.Contains("Buffers: ", StringComparison.Ordinal)).Split("shared ")[1];
        return total.Split(' ').Select(part => part.Split('=')).Where(part => part[0] is "hit" or "read").Sum(part => int.Parse(part[1], CultureInfo.InvariantCulture));
    }

    private static string Values(StreamPosition at) => FormattableString.Invariant(
        $"{at.Order}, '{at.Id}', {ListedPlace.Of(at).List}, {ListedPlace.Of(at).Place}");

    private async Task<string> ExplainAsync(Sql sql, string types, string values)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        return await Plans.LinesAsync(connection, $"""
            set plan_cache_mode = force_generic_plan; prepare look({types}) as {sql.Text};
            explain (analyze, buffers, timing off, summary off) execute look('default', {values})
            """, column: 0);
    }
}

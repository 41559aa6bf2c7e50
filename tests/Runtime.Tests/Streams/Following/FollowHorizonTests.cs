using System.Globalization;
using Npgsql;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Storage;
using Typed.Storage;
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

    [Fact]
    public async Task A_look_at_an_idle_stream_takes_a_few_pages_however_long_the_stream()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        var count = s_isSoak ? 1_000_000 : 30_000;
        for (var n = 0; n < count; n += 10_000)
        {
            await stream.PutAsync(Enumerable.Range(n, 10_000).Select(each => new Followed(each)));
        }

        await Database.ScalarAsync("vacuum analyze followed");
        var end = await stream.EndPositionAsync();
        var statements = store.Following.Statements(store.TablesOf(typeof(Followed)).Stream(Declarations.Definition<Followed>()).Table);

        var idle = await ExplainAsync(statements.State, end);
        Assert.Contains("Index", idle, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on followed", idle, StringComparison.Ordinal);
        Assert.InRange(Buffers(idle), 1, 12);
        var page = await ExplainAsync(statements.Page, StreamPosition.Start, ", bigint, bigint", ", 1000000000, 10");
        Assert.Contains("Index Scan", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", page, StringComparison.Ordinal);
        Assert.InRange(Buffers(page), 1, 30);
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

    private async Task<string> ExplainAsync(Sql sql, StreamPosition after, string types = "", string values = "")
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        return await Plans.LinesAsync(connection, string.Create(CultureInfo.InvariantCulture, $"""
            set plan_cache_mode = force_generic_plan; prepare look(text, bigint, uuid{types}) as {sql.Text};
            explain (analyze, buffers, timing off, summary off) execute look('default', {after.Order}, '{after.Id}'{values})
            """), column: 0);
    }
}

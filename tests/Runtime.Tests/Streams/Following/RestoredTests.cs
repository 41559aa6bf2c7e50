using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>A database that was restored has another history of commits: old positions are refused, and nothing that is stored is left out.</summary>
public abstract class RestoredTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_position_that_the_database_has_not_reached_is_refused()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync([new Followed(0), new Followed(1)]);
        var all = await Tails.TakeAsync(stream.Follow(), 2);
        var ahead = new StreamPosition(all[1].Position.Epoch, all[1].Position.Order + 10_000, all[1].Id);

        await RefusedAsync(stream, ahead, "has not come that far");
        Assert.Equal(1, (await Tails.TakeAsync(stream.Follow(all[0].Position), 1))[0].Body.N);
    }

    [Fact]
    public async Task A_position_of_another_database_is_refused()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(new Followed(0));
        var position = (await Tails.TakeAsync(stream.Follow(), 1))[0].Position;

        await RefusedAsync(stream, new StreamPosition(position.Epoch - 1, position.Order, position.Id), "another history of commits");
        await RefusedAsync(stream, new StreamPosition(position.Epoch + 1, position.Order, position.Id), "another history of commits");
    }

    [Fact]
    public async Task What_the_database_does_to_its_own_rows_is_no_restore()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(new Followed(0));
        var position = (await Tails.TakeAsync(stream.Follow(), 1))[0].Position;
        foreach (var upkeep in IsSqlite ? ["vacuum"] : (string[])["vacuum freeze typed_follow", "vacuum full typed_follow", "vacuum (full, freeze)"])
        {
            await Database.ScalarAsync(upkeep);
        }

        await stream.PutAsync(new Followed(1));
        Assert.Equal(1, (await Tails.TakeAsync(stream.Follow(position), 1))[0].Body.N);
    }

    [Fact]
    public async Task A_record_that_was_lost_is_made_again_and_old_positions_are_refused()
    {
        await using var store = await OpenAsync<Followed>();
        var stream = Followed.In(store);
        await stream.PutAsync(new Followed(0));
        var position = (await Tails.TakeAsync(stream.Follow(), 1))[0].Position;
        await Database.ScalarAsync("delete from typed_follow");

        await RefusedAsync(stream, position, "another history of commits");
        Assert.Equal(0, (await Tails.TakeAsync(stream.Follow(), 1))[0].Body.N);
    }

    protected bool IsSqlite => Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);

    internal static async Task RefusedAsync(FollowedStream<Followed> stream, StreamPosition position, string reason)
    {
        var refused = await Assert.ThrowsAsync<StreamPositionException>(async () => await Tails.TakeAsync(stream.Follow(position), 1));
        Assert.Equal(position, refused.Position);
        Assert.Contains(position.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("StreamPosition.Start", refused.Message, StringComparison.Ordinal);
        Assert.Contains("EndPositionAsync", refused.Message, StringComparison.Ordinal);
    }
}

public sealed class RestoredTestsOnSqlite() : RestoredTests(DatabaseServer.Sqlite)
{
    // The copy has the same number of the next event, or a higher one.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task An_older_copy_of_the_file_is_found_out_however_much_was_written_since(int written)
    {
        var path = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;
        StreamPosition kept;
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync([new Followed(0), new Followed(1)]);
            kept = (await Tails.TakeAsync(Followed.In(store).Follow(), 2))[1].Position;
        }

        File.Copy(path, path + ".copy");
        StreamPosition lost;
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync(new Followed(2));
            lost = (await Tails.TakeAsync(Followed.In(store).Follow(kept), 1))[0].Position;
        }

        File.Move(path + ".copy", path, overwrite: true);
        await using var restored = await OpenAsync<Followed>();
        await Followed.In(restored).PutAsync(Enumerable.Range(10, written).Select(n => new Followed(n)));

        await RefusedAsync(Followed.In(restored), lost, written == 0 ? "has not come that far" : "another event is stored at that place");
        Assert.Equal(Enumerable.Range(10, written), (await Tails.TakeAsync(Followed.In(restored).Follow(kept), written)).Select(one => one.Body.N));
    }
}

public sealed class RestoredTestsOnPostgres() : RestoredTests(DatabaseServer.Postgres)
{
    // As pg_restore does: all rows of the record in one transaction, or with --inserts one after the other. Rows of an older cluster have higher numbers.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1_000_000_000_000)]
    [InlineData(true, 1_000_000)]
    public async Task A_dump_of_another_cluster_is_found_out_and_all_of_it_is_followed(bool rowByRow, long shift)
    {
        StreamPosition old;
        await using (var store = await OpenAsync(options => options.Only<Followed>().Only<FollowedText>()))
        {
            await Followed.In(store).PutAsync([new Followed(0), new Followed(1)]);
            await Followed.In(store, "other").PutAsync([new Followed(2)]);
            await FollowedText.In(store).PutAsync([new FollowedText(3)]);
            old = (await Tails.TakeAsync(Followed.In(store).Follow(), 2))[0].Position;
        }

        await RestoreAsync(rowByRow, shift);
        await using var restored = await OpenAsync(options => options.Only<Followed>().Only<FollowedText>());
        await Followed.In(restored).PutAsync(new Followed(9));

        await RefusedAsync(Followed.In(restored), old, "another history of commits");
        var all = await Tails.TakeAsync(Followed.In(restored).Follow(), 3);
        Assert.Equal([0, 1, 9], all.Select(one => one.Body.N));
        Assert.Equal(2, (await Tails.TakeAsync(Followed.In(restored, "other").Follow(), 1))[0].Body.N);
        Assert.Equal(3, (await Tails.TakeAsync(FollowedText.In(restored).Follow(), 1))[0].Body.N);
        await Followed.In(restored).PutAsync(new Followed(10));
        Assert.Equal([1, 9, 10], (await Tails.TakeAsync(Followed.In(restored).Follow(all[0].Position), 3)).Select(one => one.Body.N));
    }

    [Fact]
    public async Task A_follower_hears_that_the_database_became_another_one()
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).PutAsync(new Followed(0));
        await using var loop = Followed.In(store).Follow().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await loop.MoveNextAsync());
        var waiting = loop.MoveNextAsync().AsTask();
        await RestoreAsync(rowByRow: false, shift: 1_000_000);
        await Followed.In(store).PutAsync(new Followed(1));

        await Assert.ThrowsAsync<StreamPositionException>(() => waiting);
    }

    // A table alone was restored: its rows would be hidden until the cluster has come to their numbers.
    [Fact]
    public async Task Events_from_the_future_are_not_waited_for()
    {
        await using var store = await OpenAsync<Followed>();
        await Followed.In(store).PutAsync(new Followed(0));
        var before = (await Tails.TakeAsync(Followed.In(store).Follow(), 1))[0].Position;
        await Database.ScalarAsync("update followed set tx = '1000000000000'");

        Assert.Equal(0, (await Tails.TakeAsync(Followed.In(store).Follow(), 1))[0].Body.N);
        await RefusedAsync(Followed.In(store), before, "another history of commits");
    }

    [Fact]
    public async Task Several_stores_may_find_out_at_once()
    {
        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync(Enumerable.Range(0, 50).Select(n => new Followed(n)));
            await Followed.In(store).EndPositionAsync();
        }

        await RestoreAsync(rowByRow: false, shift: 1_000_000);
        await using var one = await OpenAsync<Followed>();
        await using var two = await OpenAsync<Followed>();
        var read = await Task.WhenAll(new[] { one, two, one, two }.Select(store => Task.Run(() => Tails.TakeAsync(Followed.In(store).Follow(), 50))));

        Assert.All(read, events => Assert.Equal(read[0].Select(each => each.Position), events.Select(each => each.Position)));
        Assert.Equal(2L, await Database.ScalarAsync("select count(*) from typed_follow where xmin::text::bigint = tx & 4294967295"));
    }

    private async Task RestoreAsync(bool rowByRow, long shift)
    {
        var rows = rowByRow ? await Database.ReadAsync("select place, epoch, tx from typed_follow order by place") : [];
        await Database.ScalarAsync("create table dumped as select * from typed_follow");
        if (rowByRow)
        {
            await Database.ScalarAsync("truncate typed_follow");
            foreach (var row in rows)
            {
                await Database.ScalarAsync($"insert into typed_follow values ({row.Replace(" | ", ", ", StringComparison.Ordinal)})");
            }
        }
        else
        {
            await Database.ScalarAsync("truncate typed_follow; insert into typed_follow select * from dumped");
        }

        await Database.ScalarAsync("drop table dumped");
        foreach (var table in await Database.ReadAsync("select tablename from pg_tables where tablename like 'followed%'"))
        {
            await Database.ScalarAsync(FormattableString.Invariant($"update {table} set tx = (tx::text::bigint + {shift})::text::xid8"));
        }
    }
}

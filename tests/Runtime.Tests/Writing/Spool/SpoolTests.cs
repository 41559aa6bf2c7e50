using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>Posted items stand in a spool until they are committed, and are sent once, whatever happens in between.</summary>
public abstract class SpoolTests(DatabaseServer server) : SpoolSuite(server)
{
    [Fact]
    public async Task What_is_written_leaves_nothing_behind()
    {
        await using (var store = await OpenSpooledAsync())
        {
            for (var i = 0; i < 3_000; i++)
            {
                await LateSeries.In(store).Post("k", i);
                await LateEvent.In(store).Post(new LateEvent("e", i));
            }

            await store.FlushAsync();
            Assert.Equal(3_000, await Database.RowsAsync("late_series_points"));
        }

        Assert.Empty(Segments());
        var (points, events) = await StoredAsync();
        Assert.Equal(Numbers(3_000), points);
        Assert.Equal(Numbers(3_000), events);

        // The spool's own line stays; those of its writers may be cleaned away in time.
        Assert.Equal(1L, await Database.ScalarAsync($"select count(*) from typed_writers where updated_at > {DaysAhead}"));
    }

    [Fact]
    public async Task What_could_not_be_written_is_sent_by_the_next_store()
    {
        await LeaveAsync(async store =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                await LateSeries.In(store).Post("k", i);
                await LateEvent.In(store).Post(new LateEvent("e", i));
            }
        });

        Assert.NotEmpty(Segments());
        await using (var store = await OpenSpooledAsync())
        {
            await LateSeries.In(store).Post("k", 1_000);
            await store.FlushAsync();
        }

        Assert.Empty(Segments());
        var (points, events) = await StoredAsync();
        Assert.Equal(Numbers(1_001), points);
        Assert.Equal(Numbers(1_000), events);
    }

    [Fact]
    public async Task A_flush_that_was_committed_without_a_word_is_not_written_again()
    {
        var copy = Folder + ".copy";
        var store = await OpenSpooledAsync(o => o.Writers = 1);
        await LateSeries.In(store).Post("first", 0);
        await store.FlushAsync();
        await using (await Database.HoldAsync())
        {
            for (var i = 0; i < 100; i++)
            {
                await LateSeries.In(store).Post("k", i);
            }

            // What a process leaves that ends now: it has said that the flush goes out.
            await UntilAsync(() => store.Scope.Writer!.Spool!.Log.OpenFlushes.Count > 0);
            Copy(Folder, copy);
        }

        await store.DisposeAsync();
        Assert.Equal(101, await Database.RowsAsync("late_series_points"));
        Directory.Delete(Folder, recursive: true);
        Directory.Move(copy, Folder);

        await using (await OpenSpooledAsync())
        {
            // It asks the writer's line.
        }

        Assert.Equal(101, await Database.RowsAsync("late_series_points"));
        Assert.Empty(Segments());
    }

    [Fact]
    public async Task Lines_of_writers_that_a_spool_needs_are_not_cleaned_away()
    {
        var copy = Folder + ".copy";
        await using (var store = await OpenSpooledAsync(o => o.Writers = 1))
        {
            await LateSeries.In(store).Post("k", 0);
            await store.FlushAsync();
            await using (await Database.HoldAsync())
            {
                await LateSeries.In(store).Post("k", 1);
                await UntilAsync(() => store.Scope.Writer!.Spool!.Log.OpenFlushes.Count > 0);
                Copy(Folder, copy);
            }

            await store.FlushAsync();

            // The process ends here, before it could say that it is done; a year passes.
            await Database.ScalarAsync($"update typed_writers set updated_at = {YearEarlier}");
            await using var other = await OpenAsync<LateSeries>();
            Assert.Equal(2, (await Database.ReadAsync("select * from typed_writers")).Count);
        }

        Directory.Delete(Folder, recursive: true);
        Directory.Move(copy, Folder);
        await using (await OpenSpooledAsync())
        {
            // It asks the writer's line.
        }

        Assert.Equal(2, await Database.RowsAsync("late_series_points"));
    }

    [Fact]
    public async Task Other_writers_and_more_of_them()
    {
        await LeaveAsync(
            async store =>
            {
                for (var i = 0; i < 2_000; i++)
                {
                    await LateSeries.In(store).Post($"k{i % 7}", i);
                }
            },
            o => o.Writers = 2);

        await using (var store = await OpenSpooledAsync(o => o.Writers = 5))
        {
            await store.FlushAsync();
        }

        Assert.Equal(2_000, await Database.RowsAsync("late_series_points"));
        Assert.Equal(Enumerable.Range(0, 2_000).Where(i => i % 7 == 3).Select(i => (long)i), (await StoredAsync("k3")).Points);
        Assert.Empty(Segments());
    }

    [Fact]
    public async Task More_than_memory_holds()
    {
        await LeaveAsync(
            async store =>
            {
                for (var i = 0; i < 5_000; i++)
                {
                    Assert.True(LateSeries.In(store).Post("k", i).AsTask().IsCompletedSuccessfully);
                }
            },
            o => o.Capacity = 100);

        await using (var store = await OpenSpooledAsync(o => o.Capacity = 100))
        {
            for (var i = 5_000; i < 6_000; i++)
            {
                await LateSeries.In(store).Post("k", i);
            }

            await store.FlushAsync();
            Assert.False(store.Scope.Writer!.Spool!.IsBehind);
            await LateSeries.In(store).Post("k", 6_000);
        }

        Assert.Equal(Numbers(6_001), (await StoredAsync()).Points);
    }

    [Fact]
    public async Task An_outage_in_one_run()
    {
        await using var store = await OpenSpooledAsync(o => o.Capacity = 200);
        for (var round = 0; round < 3; round++)
        {
            await using (await Database.HoldAsync())
            {
                for (var i = 0; i < 2_000; i++)
                {
                    await LateSeries.In(store).Post("k", (round * 2_000) + i);
                }
            }

            await store.FlushAsync();
        }

        Assert.Equal(Numbers(6_000), (await StoredAsync()).Points);
    }

    [Fact]
    public async Task Awaited_writes_keep_their_place_among_posted_ones()
    {
        await using var store = await OpenSpooledAsync();
        for (var i = 0; i < 50; i++)
        {
            await LateSeries.In(store).Post("k", i * 2);
            await LateSeries.In(store).InsertAsync("k", (i * 2) + 1);
        }

        Assert.Equal(Numbers(100), (await LateSeries.In(store).Day.GetAsync("k")).Value);
    }

    [Fact]
    public async Task A_second_store_on_the_same_spool_is_refused()
    {
        await using var store = await OpenSpooledAsync();

        var error = await Assert.ThrowsAsync<SpoolException>(async () => await OpenSpooledAsync());

        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
        Assert.Contains(Folder, error.Message, StringComparison.Ordinal);
        await LateSeries.In(store).Post("k", 1);
    }

    [Fact]
    public async Task A_spool_of_another_database_is_refused()
    {
        await LeaveAsync(async store => await LateSeries.In(store).Post("k", 1));
        await using var other = await Server.CreateAsync();

        var error = await Assert.ThrowsAsync<SpoolException>(async () => await TypedStore.OpenAsync(o =>
        {
            other.Choose(o);
            o.Only<LateSeries>().Spool = Folder;
        }));

        Assert.Contains("belongs to", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await other.RowsAsync("late_series_points"));
        await using (await OpenSpooledAsync())
        {
            // The right one.
        }

        Assert.Equal(1, await Database.RowsAsync("late_series_points"));
    }

    [Fact]
    public async Task An_old_copy_of_a_spool_is_refused()
    {
        await LeaveAsync(async store => await LateSeries.In(store).Post("k", 1));
        var copy = Folder + ".copy";
        Copy(Folder, copy);
        await using (await OpenSpooledAsync())
        {
            // Sends it.
        }

        Directory.Delete(Folder, recursive: true);
        Directory.Move(copy, Folder);

        var error = await Assert.ThrowsAsync<SpoolException>(async () => await OpenSpooledAsync());

        Assert.Contains("old copy", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Database.RowsAsync("late_series_points"));
    }

    [Fact]
    public async Task A_database_that_was_set_back_is_taken()
    {
        await LeaveAsync(async store => await LateSeries.In(store).Post("k", 1));
        await using (await OpenSpooledAsync())
        {
            // Counts.
        }

        await LeaveAsync(async store => await LateSeries.In(store).Post("k", 2));
        await Database.ScalarAsync("update typed_writers set seq = 1");

        await using var next = await OpenSpooledAsync();
        await next.FlushAsync();

        Assert.Equal((long[])[1, 2], (await StoredAsync()).Points);
    }

    [Fact]
    public async Task Events_under_given_ids_are_sent_under_them()
    {
        var id = EventId.New();
        await LeaveAsync(async store =>
        {
            await LateEvent.In(store).Post(id, new LateEvent("given", 0));
            await LateEvent.In(store, "space").Post(new LateEvent("drawn", 1));
        });

        await using var next = await OpenSpooledAsync();
        await next.FlushAsync();

        Assert.Equal("given", (await LateEvent.In(next).GetAsync(id))?.Body.Name);
        Assert.Equal("drawn", Assert.Single(await ListAsync(LateEvent.In(next, "space").All())).Body.Name);
    }

    private string DaysAhead => Database.ConnectionString.Contains("Host", StringComparison.Ordinal)
        ? "now() + interval '1 day'" : "(unixepoch() + 86400) * 1000000";

    private string YearEarlier => Database.ConnectionString.Contains("Host", StringComparison.Ordinal)
        ? "updated_at - interval '365 days'" : "updated_at - 365 * 86400000000";

    internal static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != "lock"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 2_000 && !condition(); i++)
        {
            await Task.Delay(5);
        }

        Assert.True(condition());
    }
}

public sealed class SpoolTestsOnSqlite() : SpoolTests(DatabaseServer.Sqlite);

public sealed class SpoolTestsOnPostgres() : SpoolTests(DatabaseServer.Postgres);

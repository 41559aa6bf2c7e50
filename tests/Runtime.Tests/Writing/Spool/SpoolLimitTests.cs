using System.Collections.Concurrent;
using Typed.Tests.Harness.Databases;
using Typed.Writing.Spool;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>Spools that are full, disks that are, and items that nobody can write.</summary>
public abstract class SpoolLimitTests(DatabaseServer server) : SpoolSuite(server)
{
    private const int Posts = 60_000;

    [Theory]
    [InlineData(WhenFull.DropNewest)]
    [InlineData(WhenFull.DropOldest)]
    [InlineData(WhenFull.Throw)]
    public async Task A_full_spool_takes_no_more_than_its_limit(WhenFull policy)
    {
        var (taken, refused) = (0L, 0L);
        await using var store = await OpenSpooledAsync(o => (o.MaxSpoolBytes, o.WhenFull, o.Capacity, o.SpoolSync) = (1 << 20, policy, 1_000, SpoolSync.Never));
        await using (await Database.HoldAsync())
        {
            for (var i = 0; i < Posts; i++)
            {
                try
                {
                    Assert.True(LateSeries.In(store).Post("a key of some length", i).AsTask().IsCompletedSuccessfully);
                    taken++;
                }
                catch (CapacityExceededException error)
                {
                    Assert.Contains("MaxSpoolBytes", error.Message, StringComparison.Ordinal);
                    refused++;
                }
            }

            Assert.InRange(Segments().Sum(path => new FileInfo(path).Length), 1, 1 << 20);
        }

        await store.FlushAsync();
        var stored = (await StoredAsync("a key of some length")).Points;
        Assert.Equal(stored.Distinct().Count(), stored.Length);
        Assert.InRange(stored.Length, 10_000, Posts - 1);
        switch (policy)
        {
            case WhenFull.Throw:
                Assert.Equal((taken, Posts - taken), (stored.Length, refused));
                Assert.Equal(Numbers(stored.Length), stored);
                break;

            case WhenFull.DropNewest:
                Assert.Equal(Numbers(stored.Length), stored);
                break;

            default:
                Assert.Equal(Posts - 1, stored[^1]);
                break;
        }
    }

    [Fact]
    public async Task Posts_wait_for_room_in_the_spool()
    {
        await using var store = await OpenSpooledAsync(o => (o.MaxSpoolBytes, o.Capacity, o.SpoolSync) = (1 << 20, 1_000, SpoolSync.Never));
        Task<int> posting;
        await using (await Database.HoldAsync())
        {
            posting = Task.Run(async () =>
            {
                for (var i = 0; i < Posts; i++)
                {
                    await LateSeries.In(store).Post("a key of some length", i);
                }

                return Posts;
            });
            await SpoolTests.UntilAsync(() => store.Scope.Writer!.Spool!.Log.Bytes > 700_000);
            await Task.Delay(200);
            Assert.False(posting.IsCompleted);
        }

        Assert.Equal(Posts, await posting);
        await store.FlushAsync();
        Assert.Equal(Numbers(Posts), (await StoredAsync("a key of some length")).Points);
    }

    [Fact]
    public async Task A_full_disk_under_the_spool()
    {
        var disk = new SmallDisk { Left = 1 << 20 };
        List<long> taken = [];
        await using var store = await OpenSpooledAsync(o => (o.SpoolDisk, o.Capacity) = (disk, 500));
        await using (await Database.HoldAsync())
        {
            var refused = 0;
            for (var i = 0; i < Posts; i++)
            {
                try
                {
                    await LateSeries.In(store).Post("a key of some length", i);
                    taken.Add(i);
                }
                catch (SpoolException)
                {
                    refused++;
                }
            }

            Assert.True(refused > 10_000, $"{refused} were refused");
        }

        await store.FlushAsync();
        disk.Left = 1 << 22;
        await LateSeries.In(store).Post("a key of some length", Posts);
        taken.Add(Posts);
        await store.FlushAsync();
        Assert.Equal(taken, (await StoredAsync("a key of some length")).Points);
    }

    [Fact]
    public async Task A_refused_item_is_not_sent_again()
    {
        var rejected = new ConcurrentQueue<UnwrittenItem>();
        await using (await OpenSpooledAsync())
        {
            // The tables.
        }

        await Database.ScalarAsync("create unique index one on late_series_points (value)");
        await using (var store = await OpenSpooledAsync(o => o.OnRejected = rejected.Enqueue))
        {
            for (var i = 0; i < 500; i++)
            {
                await LateSeries.In(store).Post("k", i == 123 ? 0 : i);
            }

            await store.FlushAsync();
        }

        Assert.Single(rejected);
        Assert.Empty(Segments());
        await using (await OpenSpooledAsync(o => o.OnRejected = rejected.Enqueue))
        {
            // Nothing is left.
        }

        Assert.Single(rejected);
        Assert.Equal(499, await Database.RowsAsync("late_series_points"));
    }

    [Fact]
    public async Task Items_of_a_class_that_is_gone_are_set_aside()
    {
        await LeaveAsync(async store =>
        {
            for (var i = 0; i < 10; i++)
            {
                await LateSeries.In(store).Post("gone", i);
                await LateEvent.In(store).Post(new LateEvent("e", i));
            }
        });

        await using (var store = await OpenAsync(o => o.Only<LateEvent>().Spool = Folder))
        {
            await store.FlushAsync();
        }

        Assert.Equal(10, await Database.RowsAsync("late_event"));
        var lines = await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(Path.Combine(Folder, SpoolFormat.AsideFolder))));
        Assert.Equal(10, lines.Length);
        Assert.All(lines, line =>
        {
            Assert.Contains("the store has no type of this name", line, StringComparison.Ordinal);
            Assert.Contains("gone", line, StringComparison.Ordinal);
        });
        Assert.Empty(Segments());
    }

    [Fact]
    public async Task A_disk_that_fails_refuses_posts()
    {
        var disk = new SmallDisk { Left = 1 << 22 };
        await using var store = await OpenSpooledAsync(o => (o.SpoolDisk, o.SpoolSync, o.ShutdownTimeout) = (disk, SpoolSync.EveryWrite, TimeSpan.FromSeconds(0.5)));
        await LateSeries.In(store).Post("k", 1);
        disk.Fails = true;

        await Assert.ThrowsAsync<SpoolException>(async () => await LateSeries.In(store).Post("k", 2));

        disk.Fails = false;
        await Assert.ThrowsAsync<SpoolException>(async () => await LateSeries.In(store).Post("k", 3));
        await LateSeries.In(store).InsertAsync("awaited", 4);
    }
}

public sealed class SpoolLimitTestsOnSqlite() : SpoolLimitTests(DatabaseServer.Sqlite);

public sealed class SpoolLimitTestsOnPostgres() : SpoolLimitTests(DatabaseServer.Postgres);

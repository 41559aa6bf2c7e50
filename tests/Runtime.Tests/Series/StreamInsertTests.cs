using System.Runtime.CompilerServices;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Points from an async stream: committed chunk by chunk, and an error says how many are in.</summary>
public abstract class StreamInsertTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Chunk = 5_000;

    [Fact]
    public async Task Chunks_are_committed_on_the_way()
    {
        await using var store = await OpenAsync<Hit>();
        await using var reader = await OpenAsync<Hit>();
        List<long> seen = [];

        var result = await Hit.In(store).InsertAsync(StreamAsync());

        Assert.Equal(new InsertResult((2 * Chunk) + 7, 1), result);
        Assert.Equal([0L, Chunk, 2 * Chunk], seen);
        Assert.Equal((2 * Chunk) + 7, (await Hit.In(store).Day.GetAsync("/")).Value);

        async IAsyncEnumerable<Hit> StreamAsync()
        {
            for (var i = 0; i < (2 * Chunk) + 7; i++)
            {
                if (i % Chunk == 3)
                {
                    seen.Add((await Hit.In(reader).Day.GetAsync("/")).Value);
                }

                yield return new Hit { Page = "/", At = i == 0 ? Noon.AddHours(-2) : null };
            }
        }
    }

    [Fact]
    public async Task A_refused_point_ends_it_and_whole_chunks_stay()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(PointsAsync(Chunk + 100, bad: Chunk + 50)));

        Assert.Equal(new InsertResult(Chunk, 0), error.Inserted);
        Assert.Contains("5000", error.Message, StringComparison.Ordinal);
        var refused = Assert.IsType<RejectedPointException>(error.InnerException);
        Assert.Equal(("Page", Chunk + 50), (refused.Member, refused.Index));
        Assert.DoesNotContain("nothing", error.Message, StringComparison.Ordinal);
        Assert.Equal(Chunk, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task A_stream_that_throws_ends_it_and_whole_chunks_stay()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(PointsAsync(Chunk + 100, throws: Chunk + 50)));

        Assert.Equal(Chunk, error.Inserted.Stored);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal(Chunk, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    // An HttpClient that timed out, for instance: nobody cancelled the insert.
    [Fact]
    public async Task A_stream_that_was_cancelled_by_somebody_else_says_what_is_in()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(TimesOutAsync()));

        Assert.Equal(Chunk, error.Inserted.Stored);

        static async IAsyncEnumerable<Hit> TimesOutAsync()
        {
            await foreach (var point in PointsAsync(Chunk + 1))
            {
                yield return point;
            }

            throw new TaskCanceledException();
        }
    }

    [Fact]
    public async Task An_error_before_the_first_chunk_leaves_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(PointsAsync(100, throws: 50)));

        Assert.Equal(default, error.Inserted);
        Assert.Equal(0, await Database.RowsAsync("hit_day"));
    }

    [Fact]
    public async Task An_empty_stream_writes_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        Assert.Equal(default, await Hit.In(store).InsertAsync(PointsAsync(0)));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Hit.In(store).InsertAsync((IAsyncEnumerable<Hit>)null!));
    }

    // Whoever stops a service wants what it had taken from its queue.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_ends_the_stream_and_what_was_read_is_in(bool listens)
    {
        await using var store = await OpenAsync<Hit>();
        using var cancellation = new CancellationTokenSource();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).InsertAsync(EndlessAsync(cancellation, listens), cancellation.Token));

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(Chunk + 50 + (listens ? 0 : 1), (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Cancelled_before_it_began_it_reads_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).InsertAsync(PointsAsync(3), new CancellationToken(canceled: true)));

        Assert.Equal(0, await Database.RowsAsync("hit_day"));
    }

    [Fact]
    public async Task Points_of_a_slow_stream_can_be_seen_while_it_goes_on()
    {
        await using var store = await OpenAsync<Hit>();
        var goOn = new TaskCompletionSource();

        var inserting = Hit.In(store).InsertAsync(SlowAsync(goOn.Task)).AsTask();
        while ((await Hit.In(store).Day.GetAsync("/")).Value < 3)
        {
            Assert.False(inserting.IsCompleted);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20);
        }

        Assert.Equal(3, (await Hit.In(store).Day.GetAsync("/")).Value);
        goOn.SetResult();
        Assert.Equal(5, (await inserting).Stored);
        Assert.Equal(5, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Cancelling_while_a_slow_stream_is_waited_for()
    {
        await using var store = await OpenAsync<Hit>();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).InsertAsync(SlowAsync(Task.Delay(Timeout.Infinite, cancellation.Token)), cancellation.Token));

        Assert.Equal(3, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    // The source may be a query of the same context, which is for one at a time.
    [Fact]
    public async Task A_context_is_left_alone_while_the_stream_moves()
    {
        await using var store = await OpenAsync<Hit>();
        await using var db = store.CreateDbContext();

        Assert.Equal(2, (await Hit.In(db).InsertAsync(QueriedAsync())).Stored);

        async IAsyncEnumerable<Hit> QueriedAsync()
        {
            yield return new Hit { Page = "/" };
            await Task.Delay(50);
            Clock.Advance(TimeSpan.FromSeconds(1.2));
            await Task.Delay(50);
            Assert.Equal(0, (await Hit.In(store).Day.GetAsync("/")).Value);
            yield return new Hit { Page = "/" };
            Assert.Equal(2, (await Hit.In(store).Day.GetAsync("/")).Value);
        }
    }

    private static async IAsyncEnumerable<Hit> PointsAsync(int count, int bad = -1, int throws = -1)
    {
        for (var i = 0; i < count; i++)
        {
            if (i == throws)
            {
                throw new FormatException("line 17");
            }

            if (i % 1_000 == 0)
            {
                await Task.Yield();
            }

            yield return new Hit { Page = i == bad ? "\0" : "/" };
        }
    }

    private static async IAsyncEnumerable<Hit> EndlessAsync(CancellationTokenSource cancellation, bool listens, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (var i = 0; ; i++)
        {
            if (i == Chunk + 50)
            {
                await cancellation.CancelAsync();
            }

            if (listens)
            {
                token.ThrowIfCancellationRequested();
            }

            yield return new Hit { Page = "/" };
        }
    }

    private static async IAsyncEnumerable<Hit> SlowAsync(Task goOn)
    {
        for (var i = 0; i < 5; i++)
        {
            if (i == 3)
            {
                await goOn;
            }

            yield return new Hit { Page = "/" };
        }
    }
}

public sealed class StreamInsertTestsOnSqlite() : StreamInsertTests(DatabaseServer.Sqlite);

public sealed class StreamInsertTestsOnPostgres() : StreamInsertTests(DatabaseServer.Postgres);

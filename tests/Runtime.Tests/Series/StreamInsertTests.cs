using System.Runtime.CompilerServices;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Points from an async stream: committed chunk by chunk, and an error says how many are in.</summary>
public abstract class StreamInsertTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Chunk = 5_000;

    [DatabaseFact]
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

    [DatabaseFact]
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

    [DatabaseFact]
    public async Task A_stream_that_throws_ends_it_and_whole_chunks_stay()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(PointsAsync(Chunk + 100, throws: Chunk + 50)));

        Assert.Equal(Chunk, error.Inserted.Points);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal(Chunk, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    // An HttpClient that timed out, for instance: nobody cancelled the insert.
    [DatabaseFact]
    public async Task A_stream_that_was_cancelled_by_somebody_else_says_what_is_in()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(TimesOutAsync()));

        Assert.Equal(Chunk, error.Inserted.Points);

        static async IAsyncEnumerable<Hit> TimesOutAsync()
        {
            await foreach (var point in PointsAsync(Chunk + 1))
            {
                yield return point;
            }

            throw new TaskCanceledException();
        }
    }

    [DatabaseFact]
    public async Task An_error_before_the_first_chunk_leaves_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await Hit.In(store).InsertAsync(PointsAsync(100, throws: 50)));

        Assert.Equal(default, error.Inserted);
        Assert.Equal(0, await Database.RowsAsync("hit_day"));
    }

    [DatabaseFact]
    public async Task An_empty_stream_writes_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        Assert.Equal(default, await Hit.In(store).InsertAsync(PointsAsync(0)));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Hit.In(store).InsertAsync((IAsyncEnumerable<Hit>)null!));
    }

    [DatabaseFact]
    public async Task Cancelling_ends_the_stream()
    {
        await using var store = await OpenAsync<Hit>();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).InsertAsync(EndlessAsync(cancellation), cancellation.Token));

        Assert.Equal(Chunk, (await Hit.In(store).Day.GetAsync("/")).Value);
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

    private static async IAsyncEnumerable<Hit> EndlessAsync(CancellationTokenSource cancellation, [EnumeratorCancellation] CancellationToken token = default)
    {
        for (var i = 0; ; i++)
        {
            if (i == Chunk + 50)
            {
                await cancellation.CancelAsync();
            }

            token.ThrowIfCancellationRequested();
            yield return new Hit { Page = "/" };
        }
    }
}

public sealed class StreamInsertTestsOnSqlite() : StreamInsertTests(DatabaseServer.Sqlite);

[NeedsPostgres]
public sealed class StreamInsertTestsOnPostgres() : StreamInsertTests(DatabaseServer.Postgres);

using Typed.Storage;
using Typed.Writing;

namespace Typed.Runtime.Tests.Writing;

/// <summary>An async source on its way into chunks: what a fast one costs, and how a slow one is left.</summary>
public class ChunkedWriteTests
{
    [Fact]
    public async Task A_fast_source_costs_no_timer_and_no_allocation()
    {
        var chunk = new Chunk();
        await new ChunkedWrite<int>(new Fast(10), chunk, new Scope(new Timerless()), CancellationToken.None).RunAsync();
        var before = GC.GetAllocatedBytesForCurrentThread();

        await new ChunkedWrite<int>(new Fast(100_000), chunk, new Scope(new Timerless()), CancellationToken.None).RunAsync();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000);
        Assert.Equal(100_010, chunk.Written);
        Assert.Equal(1 + 20, chunk.Writes);
    }

    [Fact]
    public async Task A_source_that_is_slow_again_and_again_is_written_every_second_or_so()
    {
        var chunk = new Chunk();
        var scope = new Scope(TimeProvider.System);

        await new ChunkedWrite<int>(SlowlyAsync(), chunk, scope, CancellationToken.None).RunAsync();

        Assert.Equal(250, chunk.Written);
        Assert.InRange(chunk.Writes, 2, 6);

        static async IAsyncEnumerable<int> SlowlyAsync()
        {
            for (var i = 0; i < 250; i++)
            {
                await Task.Delay(10);
                yield return i;
            }
        }
    }

    // The database is gone, and nothing comes that could tell.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_fails_is_told_though_the_source_stands_still(bool listens)
    {
        var chunk = new Chunk { Fails = true };
        var source = new Stuck(listens);

        await Assert.ThrowsAsync<IOException>(async () => await new ChunkedWrite<int>(source, chunk, new Scope(TimeProvider.System), CancellationToken.None).RunAsync());

        Assert.Equal(1, chunk.Writes);
        Assert.Equal(listens, source.Disposed.Task.IsCompleted);
        source.GoOn.TrySetResult();
        await source.Disposed.Task;
    }

    private sealed class Chunk : IChunk<int>
    {
        public int Count { get; private set; }

        public long Written { get; private set; }

        public int Writes { get; private set; }

        public bool Fails { get; init; }

        public void Add(int item) => Count++;

        public ValueTask WriteAsync()
        {
            if (Count == 0)
            {
                return default;
            }

            Written += Count;
            Writes++;
            Count = 0;
            return Fails ? ValueTask.FromException(new IOException("gone")) : default;
        }
    }

    private sealed class Scope(TimeProvider clock) : StoreScope(clock)
    {
        public override Database Database => throw new NotSupportedException();

        public override int MaxEventBytes => 0;

        public override bool WritesBesideTheCaller => true;

        public override void ThrowIfDisposed()
        {
        }

        public override ValueTask WriteAsync(PendingWrite write, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Timerless : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();
    }

    /// <summary>Numbers that are there at once.</summary>
    private sealed class Fast(int count) : IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        public int Current { get; private set; }

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => new(++Current <= count);

        public ValueTask DisposeAsync() => default;
    }

    /// <summary>One number, and then a move that does not end by itself.</summary>
    private sealed class Stuck(bool listens) : IAsyncEnumerable<int>
    {
        public TaskCompletionSource GoOn { get; } = new();

        public TaskCompletionSource Disposed { get; } = new();

        public async IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            try
            {
                yield return 1;
                await GoOn.Task.WaitAsync(listens ? cancellationToken : CancellationToken.None);
            }
            finally
            {
                Disposed.SetResult();
            }
        }
    }
}

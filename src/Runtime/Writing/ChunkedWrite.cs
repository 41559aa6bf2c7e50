namespace Typed.Writing;

/// <summary>What was read from an async source and is not written yet.</summary>
internal interface IChunk<in T>
{
    int Count { get; }

    void Add(T item);

    /// <summary>Writes what it holds. Whatever comes of that, it is empty then: nothing is written twice.</summary>
    ValueTask WriteAsync();
}

/// <summary>
/// Reads an async source and writes it chunk by chunk. A write takes no cancellation of the caller's: one that was cut off could be neither counted nor
/// written again.
/// </summary>
/// <param name="items">The source.</param>
/// <param name="chunk">Takes and writes its items.</param>
/// <param name="scope">Where to.</param>
/// <param name="cancellationToken">Stops reading; what was read is written.</param>
internal sealed class ChunkedWrite<T>(IAsyncEnumerable<T> items, IChunk<T> chunk, StoreScope scope, CancellationToken cancellationToken)
{
    private const int MostItems = 5_000;

    /// <summary>How long an item waits for others.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>The move that the source has not finished, where it is a slow one.</summary>
    private Task<bool>? _moving;

    /// <summary>Wakes the wait for the source. One serves many waits, so that a source that is seldom slow costs a timer a second at most.</summary>
    private Task? _tick;

    /// <summary>When the first item of the chunk came.</summary>
    private long _oldest;

    /// <exception cref="OperationCanceledException">Cancelled; what was read is written.</exception>
    public async ValueTask RunAsync()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = items.GetAsyncEnumerator(leaving.Token);
        try
        {
            var ended = await ReadAsync(source).ConfigureAwait(false);
            await chunk.WriteAsync().ConfigureAwait(false);
            if (!ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await LeaveAsync(source, leaving).ConfigureAwait(false);
        }
    }

    /// <summary>Reads until the source ends; false: until the caller cancelled.</summary>
    private async ValueTask<bool> ReadAsync(IAsyncEnumerator<T> source)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (!await MoveAsync(source).ConfigureAwait(false))
                {
                    return true;
                }

                if (chunk.Count == 0)
                {
                    _oldest = scope.Clock.GetTimestamp();
                }

                chunk.Add(source.Current);
                if (chunk.Count == MostItems || Left <= TimeSpan.Zero)
                {
                    await chunk.WriteAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A source that listens says it so.
        }

        return false;
    }

    private TimeSpan Left => s_patience - scope.Clock.GetElapsedTime(_oldest);

    private ValueTask<bool> MoveAsync(IAsyncEnumerator<T> source)
    {
        var next = source.MoveNextAsync();
        return next.IsCompleted || chunk.Count == 0 || !scope.WritesBesideTheCaller ? next : WaitAsync(next.AsTask());
    }

    /// <summary>Waits for a slow source, and meanwhile writes what has waited long enough.</summary>
    private async ValueTask<bool> WaitAsync(Task<bool> moving)
    {
        _moving = moving;
        while (!moving.IsCompleted && chunk.Count > 0)
        {
            if (Left is var left && left <= TimeSpan.Zero)
            {
                await chunk.WriteAsync().ConfigureAwait(false);
                break;
            }

            if (_tick is null or { IsCompleted: true })
            {
                _tick = Task.Delay(left, scope.Clock, CancellationToken.None);
            }

            await Task.WhenAny(moving, _tick).ConfigureAwait(false);
        }

        return await moving.ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the source. Where a write failed while it was on the move it is told to stop; one that does not listen keeps nobody from hearing of the error.
    /// </summary>
    private async ValueTask LeaveAsync(IAsyncEnumerator<T> source, CancellationTokenSource leaving)
    {
        if (_moving is null or { IsCompleted: true })
        {
            await source.DisposeAsync().ConfigureAwait(false);
            return;
        }

        await leaving.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(EndAsync(source, _moving), Task.Delay(s_patience, scope.Clock, CancellationToken.None)).ConfigureAwait(false);
    }

    /// <summary>A source cannot be disposed while it moves. An error of that move concerns nobody: the write's own error is on its way.</summary>
    private static async Task EndAsync(IAsyncEnumerator<T> source, Task moving)
    {
        await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await source.DisposeAsync().ConfigureAwait(false);
    }
}

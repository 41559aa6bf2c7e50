namespace Typed.Writing;

/// <summary>
/// Bounds the items that a store has accepted and not written. Who finds no room waits in order of arrival. More items than the whole capacity are admitted
/// alone.
/// </summary>
internal sealed class Admission(int capacity)
{
    private readonly Queue<(TaskCompletionSource Admitted, int Count)> _waiting = new();
    private int _used;
    private volatile bool _isWaitedFor;

    public int Capacity => capacity;

    /// <summary>Items accepted and not written.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Takes room, unless there is none or others wait for it.</summary>
    public bool TryEnter(int count) => !_isWaitedFor && Reserve(count);

    /// <summary>Takes room as soon as there is some.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; no room was taken.</exception>
    public async ValueTask EnterAsync(int count, CancellationToken cancellationToken)
    {
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            _waiting.Enqueue((admitted, count));
            _isWaitedFor = true;
        }

        AdmitWaiting();
        var registration = cancellationToken.Register(static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token), admitted);
        await using var _ = registration.ConfigureAwait(false);
        try
        {
            await admitted.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Those behind may find the room that this one did not.
            AdmitWaiting();
            throw;
        }
    }

    /// <summary>Gives room back.</summary>
    public void Leave(int count)
    {
        Interlocked.Add(ref _used, -count);
        if (_isWaitedFor)
        {
            AdmitWaiting();
        }
    }

    private bool Reserve(int count)
    {
        while (true)
        {
            var used = Volatile.Read(ref _used);
            if (used > 0 && count > capacity - used)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _used, used + count, used) == used)
            {
                return true;
            }
        }
    }

    private void AdmitWaiting()
    {
        lock (_waiting)
        {
            while (_waiting.TryPeek(out var first))
            {
                var isCanceled = first.Admitted.Task.IsCompleted;
                if (!isCanceled && !Reserve(first.Count))
                {
                    break;
                }

                _waiting.Dequeue();
                if (!isCanceled && !first.Admitted.TrySetResult())
                {
                    // Cancelled after its room was taken.
                    Interlocked.Add(ref _used, -first.Count);
                }
            }

            _isWaitedFor = _waiting.Count > 0;
        }
    }
}

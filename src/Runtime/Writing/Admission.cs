namespace Typed.Writing;

/// <summary>
/// Bounds the items that a store has accepted and not written. Who finds no room waits in order of arrival. More items than the whole capacity are admitted
/// alone.
/// </summary>
internal sealed class Admission(int capacity)
{
    // Linked, so that whoever is cancelled leaves at once, wherever in the line.
    private readonly LinkedList<(TaskCompletionSource Admitted, int Count)> _waiting = new();
    private int _used;
    private volatile bool _isWaitedFor;

    /// <summary>Items accepted and not written.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Whether somebody waits for room.</summary>
    public bool IsWaitedFor => _isWaitedFor;

    /// <summary>Takes room, unless there is none or others wait for it.</summary>
    public bool TryEnter(int count) => !_isWaitedFor && Reserve(count);

    /// <summary>Takes room as soon as there is some.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; no room was taken.</exception>
    public async ValueTask EnterAsync(int count, CancellationToken cancellationToken)
    {
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(TaskCompletionSource Admitted, int Count)> place;
        lock (_waiting)
        {
            place = _waiting.AddLast((admitted, count));
            _isWaitedFor = true;
        }

        AdmitWaiting();
        var registration = cancellationToken.UnsafeRegister(static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token), admitted);
        await using var _ = registration.ConfigureAwait(false);
        try
        {
            await admitted.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_waiting)
            {
                place.List?.Remove(place);
            }

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
            while (_waiting.First is { Value: var (admitted, count) })
            {
                var isCanceled = admitted.Task.IsCompleted;
                if (!isCanceled && !Reserve(count))
                {
                    break;
                }

                _waiting.RemoveFirst();
                if (!isCanceled && !admitted.TrySetResult())
                {
                    // Cancelled after its room was taken.
                    Interlocked.Add(ref _used, -count);
                }
            }

            _isWaitedFor = _waiting.Count > 0;
        }
    }
}

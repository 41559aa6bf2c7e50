namespace Typed.Writing;

/// <summary>
/// Where writes wait for a lock that somebody else holds on their rows, beside all other writes. It is open until everything it held is written.
/// </summary>
internal sealed class Detour(StoreWriter store) : Flusher(store)
{
    private readonly Lock _routing = new();
    private readonly HashSet<int> _keys = [];
    private readonly HashSet<WriteLane> _lanes = [];
    private readonly HashSet<Type> _types = [];
    private readonly LockedParts _inRound = new();
    private readonly List<PendingWrite> _blocked = [];
    private readonly List<PendingWrite> _untried = [];
    private volatile bool _isOpen;

    /// <summary>Whether some writes have to go this way.</summary>
    public bool IsOpen => _isOpen;

    protected override FlushPresenter Presenter => field ??= new(Store, this);

    protected override TimeSpan LockWait => ShortWait;

    protected override bool IsDue => true;

    protected override long Barrier => long.MaxValue;

    /// <summary>Whether it holds writes of a declared type.</summary>
    public bool Holds(Type type)
    {
        lock (_routing)
        {
            return _types.Contains(type);
        }
    }

    /// <summary>Takes writes that met a lock, and with them all further writes of their keys, or of their type.</summary>
    public void Open(IReadOnlyList<PendingWrite> writes, bool withLane = false)
    {
        lock (_routing)
        {
            foreach (var write in writes)
            {
                if (withLane)
                {
                    _lanes.Add(write.Lane);
                }

                _types.Add(write.Lane.Type);
                AddKeys(write);
                Requeue(write);
            }

            if (!_isOpen)
            {
                _isOpen = true;
                Store.Telemetry.Log.DetourOpened(writes[0].Lane.Type);
            }
        }
    }

    /// <summary>Tells what has to wait for a lock, and goes into a list in front of what is there, from the rest; both in order.</summary>
    public List<PendingWrite> Divert(IReadOnlyList<PendingWrite> writes, List<PendingWrite> diverted)
    {
        // All under one lock: were it closed between two of them, the second would overtake the first.
        lock (_routing)
        {
            List<PendingWrite> rest = [], held = [];
            foreach (var write in writes)
            {
                var isWhole = _lanes.Contains(write.Lane);
                foreach (var (part, isHeld) in Split(write, item => isWhole || _keys.Contains(write.HashAt(item))))
                {
                    if (isHeld)
                    {
                        AddKeys(part);
                    }

                    (isHeld ? held : rest).Add(part);
                }
            }

            diverted.InsertRange(0, held);
            return rest;
        }
    }

    /// <summary>Keeps a write that met a lock for the next round.</summary>
    public void Block(PendingWrite write)
    {
        _blocked.Add(write);
        _inRound.Add(write);
    }

    /// <summary>Keeps what has to wait for a write that is blocked, and gives the rest: a key's writes are done in order.</summary>
    public IEnumerable<PendingWrite> Unblocked(PendingWrite write)
    {
        if (write.Count == 0)
        {
            // A mark is reached when everything before it is done.
            if (_blocked.Count + _untried.Count == 0)
            {
                return [write];
            }

            _blocked.Add(write);
            return [];
        }

        List<PendingWrite> rest = [];
        foreach (var (part, isBlocked) in Split(write, item => _inRound.Holds(write, item)))
        {
            if (isBlocked)
            {
                _blocked.Add(part);
                _inRound.AddKeys(part);
            }
            else if (_inRound.IsFull(write.Lane))
            {
                _untried.Add(part);
            }
            else
            {
                rest.Add(part);
            }
        }

        return rest;
    }

    protected override async ValueTask FlushAsync(IReadOnlyList<PendingWrite> writes)
    {
        try
        {
            await base.FlushAsync(writes).ConfigureAwait(false);
        }
        finally
        {
            // Those that were not tried come first the next time. They share no key with the blocked ones, which may have been found in another order.
            Return([.. _untried, .. _blocked.OrderBy(write => write.Ticket)]);
            _untried.Clear();
            _blocked.Clear();
            _inRound.Clear();
        }
    }

    protected override void Rest()
    {
        lock (_routing)
        {
            if (_isOpen && IsIdle)
            {
                Store.Telemetry.Log.DetourClosed();
                _keys.Clear();
                _lanes.Clear();
                _types.Clear();
                _isOpen = false;
            }
        }
    }

    private void AddKeys(PendingWrite write)
    {
        for (var i = 0; i < write.Count; i++)
        {
            _keys.Add(write.HashAt(i));
        }
    }

    private static IEnumerable<(PendingWrite Part, bool IsChosen)> Split(PendingWrite write, Func<int, bool> choose)
    {
        if (write.IsDivisible)
        {
            return write.Divide(choose);
        }

        for (var i = 0; i < write.Count; i++)
        {
            if (choose(i))
            {
                return [(write, true)];
            }
        }

        return [(write, false)];
    }
}

namespace Typed.Writing;

/// <summary>
/// Where writes wait for a lock that somebody else holds on their rows, beside all other writes. It lasts until everything it held is written.
/// </summary>
internal sealed class Detour(StoreWriter store) : Flusher(store)
{
    private readonly List<PendingWrite> _blocked = [];
    private readonly HashSet<int> _blockedKeys = [];
    private volatile HashSet<int> _keys = [];

    /// <summary>The hashes of the keys whose writes go this way.</summary>
    public IReadOnlySet<int> Keys => _keys;

    protected override FlushPresenter Presenter => field ??= new(Store, this);

    protected override TimeSpan LockWait => TimeSpan.FromMilliseconds(500);

    protected override bool IsDue => true;

    /// <summary>Takes a write that met a lock, and with it all further writes of its keys.</summary>
    public void Open(PendingWrite write)
    {
        var keys = new HashSet<int>(_keys);
        for (var i = 0; i < write.Count; i++)
        {
            keys.Add(write.HashAt(i));
        }

        _keys = keys;
    }

    /// <summary>Keeps a write for the next round.</summary>
    public void Block(PendingWrite write)
    {
        _blocked.Add(write);
        for (var i = 0; i < write.Count; i++)
        {
            _blockedKeys.Add(write.HashAt(i));
        }
    }

    /// <summary>Whether a write has to wait for one that is blocked, so that they are written in order.</summary>
    public bool IsBlocked(PendingWrite write) => write.Lane.IsOrdered && _blockedKeys.Count > 0 && write.Touches(_blockedKeys);

    protected override async ValueTask FlushAsync(IReadOnlyList<PendingWrite> writes)
    {
        await base.FlushAsync(writes).ConfigureAwait(false);
        _blockedKeys.Clear();
        Return(_blocked);
        _blocked.Clear();
    }

    protected override void Rest() => Store.Close(this);
}

namespace Typed.Writing;

/// <summary>Posted writes that are done and serve again, so that posting allocates nothing.</summary>
internal sealed class SpareWrites(StoreWriter store, int writers)
{
    private readonly Dictionary<WriteLane, Stack<PendingWrite>> _spares = [];

    /// <summary>A write that takes posted items.</summary>
    public PendingWrite Take<TItem>(WriteLane<TItem> lane)
        where TItem : struct
    {
        lock (_spares)
        {
            return _spares.TryGetValue(lane, out var spares) && spares.TryPop(out var spare) ? spare : lane.NewPosted(store);
        }
    }

    /// <summary>Keeps the memory of a posted write that is done.</summary>
    public void Keep(PendingWrite posted)
    {
        lock (_spares)
        {
            if (!_spares.TryGetValue(posted.Lane, out var spares))
            {
                _spares.Add(posted.Lane, spares = new());
            }

            // One is filled while others are flushed.
            if (spares.Count <= writers)
            {
                spares.Push(posted);
            }
        }
    }
}

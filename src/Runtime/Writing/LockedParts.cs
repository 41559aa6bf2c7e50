namespace Typed.Writing;

/// <summary>The writes of one flush that met locks of somebody else.</summary>
internal sealed class LockedParts
{
    /// <summary>So many writes of one type are taken for a lock on its table: looking for each lock would take too long.</summary>
    private const int Most = 4;

    private readonly HashSet<int> _keys = [];
    private readonly Dictionary<WriteLane, int> _lanes = [];

    /// <summary>Counts a write that met a lock.</summary>
    public void Add(PendingWrite write)
    {
        AddKeys(write);
        _lanes[write.Lane] = _lanes.GetValueOrDefault(write.Lane) + 1;
    }

    /// <summary>Takes the keys of a write that has to wait for one that met a lock.</summary>
    public void AddKeys(PendingWrite write)
    {
        for (var i = 0; i < write.Count; i++)
        {
            _keys.Add(write.HashAt(i));
        }
    }

    /// <summary>Whether an item has to wait for a write that met a lock.</summary>
    public bool Holds(PendingWrite write, int item) => _keys.Count > 0 && _keys.Contains(write.HashAt(item));

    /// <summary>Whether so many writes of one type met locks that its table is taken to be locked.</summary>
    public bool IsFull(WriteLane lane) => _lanes.GetValueOrDefault(lane) >= Most;

    public void Clear()
    {
        _keys.Clear();
        _lanes.Clear();
    }
}

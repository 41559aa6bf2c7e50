using System.Runtime.InteropServices;

namespace Typed.Writing;

/// <summary>The points of one declared type that share a flush. Their distinct keys are sorted once, so that rows compare and hash integers.</summary>
internal sealed class PointGroup<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly int[] _ranks;
    private readonly int[] _starts;

    public PointGroup(IReadOnlyList<PendingPoints<TKey, TValue>> writes)
    {
        Writes = writes;
        _starts = new int[writes.Count + 1];
        for (var write = 0; write < writes.Count; write++)
        {
            _starts[write + 1] = checked(_starts[write] + writes[write].Count);
        }

        _ranks = new int[Count];
        SortedKeys = Number();
    }

    public IReadOnlyList<PendingPoints<TKey, TValue>> Writes { get; }

    public int Count => _starts[^1];

    public TKey[] SortedKeys { get; }

    /// <summary>For each point of a write the place of its key among <see cref="SortedKeys"/>.</summary>
    public ReadOnlySpan<int> RanksOf(int write) => _ranks.AsSpan(_starts[write].._starts[write + 1]);

    /// <summary>Numbers the keys in order of arrival, sorts them, and gives each point the place of its key.</summary>
    private TKey[] Number()
    {
        if (Count == 1)
        {
            return [Writes[0].Keys[0]];
        }

        var numbers = new Dictionary<TKey, int>();
        var next = 0;
        foreach (var write in Writes)
        {
            foreach (ref readonly var key in write.Keys)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var exists);
                if (!exists)
                {
                    number = numbers.Count - 1;
                }

                _ranks[next++] = number;
            }
        }

        var sorted = new TKey[numbers.Count];
        numbers.Keys.CopyTo(sorted, 0);
        if (sorted.Length == 1)
        {
            return sorted;
        }

        var order = new int[sorted.Length];
        numbers.Values.CopyTo(order, 0);
        Array.Sort(sorted, order);
        var ranks = new int[sorted.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }

        foreach (ref var number in _ranks.AsSpan())
        {
            number = ranks[number];
        }

        return sorted;
    }
}

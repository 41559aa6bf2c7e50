namespace Typed.Writing;

/// <summary>The distinct keys of a buffer, checked once each and numbered in order of arrival.</summary>
internal sealed class KeyTable<TKey>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly Dictionary<TKey, int> _numbers = [];
    private readonly List<TKey> _keys = [];

    /// <exception cref="RejectedPointException">A member of the key cannot be stored.</exception>
    public int Number(in TKey key)
    {
        if (_numbers.TryGetValue(key, out var number))
        {
            return number;
        }

        // Accepting may cut a temporal member, so that two keys given become one key stored.
        var accepted = TKey.Accept(key);
        if (!_numbers.TryGetValue(accepted, out number))
        {
            number = _keys.Count;
            _keys.Add(accepted);
            _numbers.Add(accepted, number);
        }

        _numbers.TryAdd(key, number);
        return number;
    }

    /// <summary>The keys in order, and for each number the key's place in it.</summary>
    public (TKey[] Sorted, int[] Ranks) Sort()
    {
        var sorted = _keys.ToArray();
        var numbers = new int[sorted.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        Array.Sort(sorted, numbers);
        var ranks = new int[sorted.Length];
        for (var rank = 0; rank < numbers.Length; rank++)
        {
            ranks[numbers[rank]] = rank;
        }

        return (sorted, ranks);
    }
}

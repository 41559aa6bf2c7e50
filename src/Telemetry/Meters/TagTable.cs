namespace Typed.Telemetry.Meters;

/// <summary>
/// The cells of one instrument by its sets of tags. A set that was met before is found without a lock and without allocating; a new one is brought to its
/// text, by which the same tags in another order share a cell. Beyond so many sets all others share one.
/// </summary>
/// <param name="mostSets">The most sets of tags.</param>
/// <param name="common">Tags that every set gets.</param>
/// <param name="make">Makes the cell of a text.</param>
/// <param name="overflowed">Told once, when there are more.</param>
internal sealed class TagTable(int mostSets, KeyValuePair<string, object?>[] common, Func<string, Cell> make, Action overflowed)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Cell> _cells = new(StringComparer.Ordinal);
    private Entry?[] _buckets = new Entry?[16];
    private int _entries;
    private Cell? _overflow;

    /// <summary>The cells so far.</summary>
    public Cell[] Cells
    {
        get
        {
            lock (_lock)
            {
                return [.. _cells.Values, .. _overflow is null ? Array.Empty<Cell>() : [_overflow]];
            }
        }
    }

    public Cell Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = Hash(tags);
        var buckets = Volatile.Read(ref _buckets);
        for (var entry = Volatile.Read(ref buckets[hash & (buckets.Length - 1)]); entry is not null; entry = entry.Next)
        {
            if (entry.Hash == hash && AreSame(entry.Tags, tags))
            {
                return entry.Cell;
            }
        }

        return Add(hash, tags);
    }

    private Cell Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Of two tags with one name the last counts: a measurement's own before those of its instrument and meter.
        var text = MeterTags.TextOf([.. common, .. tags]);
        lock (_lock)
        {
            if (!_cells.TryGetValue(text, out var cell))
            {
                if (_cells.Count >= mostSets)
                {
                    if (_overflow is null)
                    {
                        _overflow = make(MeterTags.Overflow);
                        overflowed();
                    }

                    return _overflow;
                }

                cell = make(text);
                _cells.Add(text, cell);
            }

            // The same tags come in a few orders; in very many only where their values never are the same objects.
            if (_entries < 2 * mostSets)
            {
                Remember(new(hash, tags.ToArray(), cell));
            }

            return cell;
        }
    }

    private void Remember(Entry added)
    {
        if (++_entries > _buckets.Length)
        {
            var more = new Entry?[_buckets.Length * 2];
            foreach (var first in _buckets)
            {
                for (var entry = first; entry is not null; entry = entry.Next)
                {
                    Link(more, new(entry.Hash, entry.Tags, entry.Cell));
                }
            }

            Volatile.Write(ref _buckets, more);
        }

        Link(_buckets, added);
    }

    // Readers see an entry when it is complete: it is put in front of those that stand there.
    private static void Link(Entry?[] buckets, Entry entry)
    {
        ref var first = ref buckets[entry.Hash & (buckets.Length - 1)];
        entry.Next = first;
        Volatile.Write(ref first, entry);
    }

    private static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = 17;
        foreach (var (name, value) in tags)
        {
            hash = (hash * 31 + name.GetHashCode(StringComparison.Ordinal)) * 31 + (value?.GetHashCode() ?? 0);
        }

        // The lowest bits choose the bucket.
        return hash ^ (hash >>> 15);
    }

    private static bool AreSame(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (!string.Equals(known[i].Key, tags[i].Key, StringComparison.Ordinal) || !Equals(known[i].Value, tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Entry(int hash, KeyValuePair<string, object?>[] tags, Cell cell)
    {
        public int Hash => hash;

        public KeyValuePair<string, object?>[] Tags => tags;

        public Cell Cell => cell;

        public Entry? Next { get; set; }
    }
}

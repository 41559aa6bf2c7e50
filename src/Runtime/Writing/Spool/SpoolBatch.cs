namespace Typed.Writing.Spool;

/// <summary>Items that were read from a spool and are on their way into memory. Serves again and again.</summary>
internal sealed class SpoolBatch
{
    /// <summary>The most bytes of a batch, unless one item has more.</summary>
    private const int MostBytes = 4 << 20;

    private readonly List<(Segment Segment, long Item, string Layout, int Start, int Length)> _items = [];
    private byte[] _bytes = new byte[64 << 10];
    private int _length;

    public int Count => _items.Count;

    /// <summary>An item of the batch: its segment, its number, the layout of its lane, and its columns.</summary>
    public (Segment Segment, long Item, string Layout, ReadOnlyMemory<byte> Record) this[int index]
    {
        get
        {
            var (segment, item, layout, start, length) = _items[index];
            return (segment, item, layout, _bytes.AsMemory(start, length));
        }
    }

    /// <summary>Reads the next items.</summary>
    public void Fill(SpoolCursor cursor, long end, int most)
    {
        _items.Clear();
        _length = 0;
        while (_items.Count < most && _length < MostBytes && cursor.TryRead(end, out var item, out var layout, out var record))
        {
            if (_bytes.Length - _length < record.Length)
            {
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + record.Length));
            }

            record.CopyTo(_bytes.AsSpan(_length));
            _items.Add((cursor.Segment!, item, layout, _length, record.Length));
            _length += record.Length;
        }
    }
}

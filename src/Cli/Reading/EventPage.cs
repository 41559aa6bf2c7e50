using System.Buffers;
using Typed.Streams.Reading;

namespace Typed.Cli.Reading;

/// <summary>A page of events as they are stored.</summary>
internal sealed class EventPage(string streamNamespace, IdRange range, int limit, long maxBytes)
    : EventPageQuery(streamNamespace, range, limit, maxBytes), IDisposable
{
    private readonly List<(Guid Id, int Version, int End)> _rows = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _length;

    public void Each(EventRow take)
    {
        var start = 0;
        foreach (var (id, version, end) in _rows)
        {
            take(id, version, _bytes.AsSpan(start, end - start));
            start = end;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    protected override int Take(Guid id, RowReader row)
    {
        var size = row.JsonSize(1);
        if (_bytes.Length - _length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + size));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        row.Json(1, new ArraySegment<byte>(_bytes, _length, size));
        _length += size;
        _rows.Add((id, row.Int32(2), _length));
        return size;
    }
}

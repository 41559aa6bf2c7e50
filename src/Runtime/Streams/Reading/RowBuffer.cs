using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Typed.Streams.Reading;

/// <summary>
/// Rows of a page as they are stored, first in first out: id, size, JSON text. The rows lie in chunks of borrowed memory, which are given back as rows are
/// taken. Not thread-safe.
/// </summary>
internal sealed class RowBuffer : IDisposable
{
    private const int ChunkBytes = 64 << 10;
    private const int IdBytes = 16;
    private const int HeadBytes = IdBytes + sizeof(int);

    private readonly Queue<Chunk> _full = new();
    private Chunk? _last;
    private Chunk? _first;
    private int _taken;

    /// <summary>Appends an id and the body of its row.</summary>
    /// <returns>The bytes of the body.</returns>
    public int Add(Guid id, RowReader row)
    {
        var size = row.JsonSize(1);
        var space = Reserve(HeadBytes + size);
        MemoryMarshal.Write(space, id);
        BinaryPrimitives.WriteInt32LittleEndian(space.AsSpan(IdBytes), size);
        row.Json(1, space[HeadBytes..]);
        return size;
    }

    /// <summary>Takes the next row; false when there is none. The text is good until the next call.</summary>
    public bool TryTake(out Guid id, out ReadOnlySpan<byte> json)
    {
        while (_first is null || _taken == _first.Length)
        {
            if (!TryTakeChunk())
            {
                id = default;
                json = default;
                return false;
            }
        }

        var row = _first.Bytes.AsSpan(_taken);
        id = MemoryMarshal.Read<Guid>(row);
        json = row.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(row[IdBytes..]));
        _taken += HeadBytes + json.Length;
        return true;
    }

    public void Dispose()
    {
        while (TryTakeChunk())
        {
            // Each call gives back the chunk before.
        }
    }

    private bool TryTakeChunk()
    {
        _first?.Release();
        _taken = 0;
        if (!_full.TryDequeue(out _first))
        {
            (_first, _last) = (_last, null);
        }

        return _first is not null;
    }

    private ArraySegment<byte> Reserve(int size)
    {
        if (_last is null || _last.Bytes.Length - _last.Length < size)
        {
            if (_last is not null)
            {
                _full.Enqueue(_last);
            }

            _last = new Chunk(size);
        }

        var space = new ArraySegment<byte>(_last.Bytes, _last.Length, size);
        _last.Length += size;
        return space;
    }

    /// <summary>A piece of memory; not from the pool where a row is larger than the pool's buffers.</summary>
    private sealed class Chunk(int size)
    {
        public byte[] Bytes { get; } = size <= ChunkBytes ? ArrayPool<byte>.Shared.Rent(ChunkBytes) : GC.AllocateUninitializedArray<byte>(size);

        public int Length { get; set; }

        public void Release()
        {
            if (size <= ChunkBytes)
            {
                ArrayPool<byte>.Shared.Return(Bytes);
            }
        }
    }
}

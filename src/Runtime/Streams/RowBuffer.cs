using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Typed.Storage;

namespace Typed.Streams;

/// <summary>Rows of a page in borrowed memory, one after the other: id, size, JSON text. Not thread-safe.</summary>
internal sealed class RowBuffer : IBufferWriter<byte>, IDisposable
{
    private const int IdBytes = 16;
    private const int HeadBytes = IdBytes + sizeof(int);
    private const int FirstBytes = 16 << 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _written;
    private int _read;

    /// <summary>Appends an id and the body of its row.</summary>
    /// <returns>The bytes of the body.</returns>
    public int Add(Guid id, RowReader row)
    {
        var start = _written;
        Reserve(HeadBytes);
        MemoryMarshal.Write(_bytes.AsSpan(start), id);
        _written += HeadBytes;
        row.Json(1, this);
        var size = _written - start - HeadBytes;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start + IdBytes), size);
        return size;
    }

    /// <summary>The next row; false when there is none. The text is good until the buffer changes.</summary>
    public bool TryTake(out Guid id, out ReadOnlySpan<byte> json)
    {
        if (_read == _written)
        {
            id = default;
            json = default;
            return false;
        }

        var row = _bytes.AsSpan(_read);
        id = MemoryMarshal.Read<Guid>(row);
        json = row.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(row[IdBytes..]));
        _read += HeadBytes + json.Length;
        return true;
    }

    /// <summary>Forgets the rows and keeps the memory.</summary>
    public void Clear() => (_written, _read) = (0, 0);

    public void Dispose()
    {
        Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    void IBufferWriter<byte>.Advance(int count) => _written += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_written);
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - _written >= Math.Max(size, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_bytes.Length * 2), checked(_written + size)));
        _bytes.AsSpan(0, _written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

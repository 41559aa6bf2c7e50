using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Typed.Writing.Spool;

/// <summary>Reads the frames of a segment one after the other.</summary>
internal sealed class FrameReader : IDisposable
{
    private const int LeastBuffer = 256 << 10;

    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[LeastBuffer];
    private int _bufferStart;
    private int _buffered;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public FrameReader(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        End = (int)Math.Min(RandomAccess.GetLength(_file), int.MaxValue);
    }

    /// <summary>How far may be read: the end of the file, or of what was appended so far.</summary>
    public int End { get; set; }

    /// <summary>Where the next frame begins, or what should be one.</summary>
    public int Position { get; private set; }

    /// <summary>Where the last frame began.</summary>
    public int Frame { get; private set; }

    /// <summary>The number of items of the segment before the last frame.</summary>
    public int Ordinal { get; private set; }

    /// <summary>The header.</summary>
    public ReadOnlySpan<byte> Header()
    {
        Position = SpoolFormat.HeaderBytes;
        return At(0, Math.Min(End, SpoolFormat.HeaderBytes));
    }

    /// <summary>Reads a frame; false: the frames end here, or something else stands here. The payload is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> payload)
    {
        payload = PayloadAt(Position);
        if (payload.IsEmpty)
        {
            return false;
        }

        Frame = Position;
        Position += SpoolFormat.FrameBytes + payload.Length;
        return true;
    }

    /// <summary>Bytes as they stand in the file.</summary>
    public byte[] Bytes(int position, int length) => At(position, length).ToArray();

    /// <summary>Goes to another place.</summary>
    public void MoveTo(int position) => Position = position;

    /// <summary>Where the next frame begins after a place at which there is none; null: nowhere.</summary>
    public int? FindFrom(int position)
    {
        for (var at = position; at < End - SpoolFormat.FrameBytes; at++)
        {
            if (!PayloadAt(at).IsEmpty)
            {
                return at;
            }

            if (at % 4096 == 0)
            {
                // Long stretches of zeros are what was never used. A length may begin with three.
                var chunk = At(at, Math.Min(End - at, LeastBuffer));
                var zeros = chunk.IndexOfAnyExcept((byte)0) is >= 0 and var other ? other : chunk.Length;
                at += Math.Max(zeros - sizeof(int), 0);
            }
        }

        return null;
    }

    /// <summary>Whether nothing but zeros follows a place.</summary>
    public bool IsEmptyFrom(int position)
    {
        while (position < End)
        {
            var chunk = At(position, Math.Min(End - position, LeastBuffer));
            if (chunk.IndexOfAnyExcept((byte)0) >= 0)
            {
                return false;
            }

            position += chunk.Length;
        }

        return true;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The payload of the frame at a place; empty where there is no frame.</summary>
    private ReadOnlySpan<byte> PayloadAt(int position)
    {
        if (End - position <= SpoolFormat.FrameBytes)
        {
            return [];
        }

        var frame = At(position, SpoolFormat.FrameBytes);
        var (length, checksum) = (BinaryPrimitives.ReadInt32LittleEndian(frame), BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]));
        var ordinal = BinaryPrimitives.ReadInt32LittleEndian(frame[8..]);
        if (length <= 0 || length > End - position - SpoolFormat.FrameBytes)
        {
            return [];
        }

        var payload = At(position + SpoolFormat.FrameBytes, length);
        if (SpoolFormat.Checksum(payload, (uint)position, (uint)ordinal) != checksum)
        {
            return [];
        }

        Ordinal = ordinal;
        return payload;
    }

    private ReadOnlySpan<byte> At(int position, int length)
    {
        if (position < _bufferStart || position + length > _bufferStart + _buffered)
        {
            if (length > _buffer.Length)
            {
                _buffer = new byte[length];
            }

            (_bufferStart, _buffered) = (position, 0);
            var wanted = Math.Min(_buffer.Length, End - position);
            while (_buffered < wanted && RandomAccess.Read(_file, _buffer.AsSpan(_buffered, wanted - _buffered), position + _buffered) is > 0 and var read)
            {
                _buffered += read;
            }
        }

        return _buffer.AsSpan(position - _bufferStart, Math.Min(length, _buffered - (position - _bufferStart)));
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Typed.Writing.Spool;

/// <summary>The payload of a frame as it is made. Serves again and again; of one thread.</summary>
internal sealed class PayloadWriter
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Begins another payload.</summary>
    public void Begin(FrameKind kind)
    {
        Length = 0;
        Byte((byte)kind);
    }

    public void Byte(byte value)
    {
        Space(1)[0] = value;
        Length++;
    }

    /// <summary>A number in 7 bits a byte, so that small ones are short.</summary>
    public void Number(ulong value)
    {
        var space = Space(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            space[length++] = (byte)(value | 0x80);
        }

        space[length++] = (byte)value;
        Length += length;
    }

    /// <summary>A number with a sign, likewise.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Space(8), value);
        Length += 8;
    }

    public void Fixed(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Space(4), value);
        Length += 4;
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(Space(16), bigEndian: true, out _);
        Length += 16;
    }

    public void Text(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most < 0x80)
        {
            // The length of a short text takes one byte, whatever it will be.
            var space = Space(most + 1);
            var length = Encoding.UTF8.GetBytes(value, space[1..]);
            space[0] = (byte)length;
            Length += length + 1;
            return;
        }

        Number((ulong)Encoding.UTF8.GetByteCount(value));
        Length += Encoding.UTF8.GetBytes(value, Space(most));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        Rest(value);
    }

    /// <summary>Bytes up to the end of the payload, without their length.</summary>
    public void Rest(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Space(value.Length));
        Length += value.Length;
    }

    private Span<byte> Space(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Length + size)));
        }

        return _bytes.AsSpan(Length);
    }
}

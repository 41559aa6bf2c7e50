using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Typed.Postgres;

/// <summary>
/// Rows in the binary format of COPY (PostgreSQL's manual, COPY, "Binary Format"; values as the types' receive functions want them), in borrowed memory.
/// Npgsql's importer makes a parameter of each value; this writes bytes.
/// </summary>
internal sealed class PostgresCopy : ParameterWriter, IDisposable
{
    /// <summary>Bytes after which rows are better sent.</summary>
    private const int EnoughBytes = 64 << 10;

    /// <summary>The number of the type <c>uuid</c>, the same in every database.</summary>
    private const int UuidOid = 2950;

    private const int DigitBase = 10_000;
    private const int DigitsPerGroup = 4;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(2 * EnoughBytes);
    private int _length;
    private short _values;

    public override ArrayWriter? Arrays => null;

    public bool IsEnough => _length >= EnoughBytes;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>The statement that takes what is written here.</summary>
    public static string Into(string table, IEnumerable<string> columns) => $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)";

    /// <summary>The signature, then no flags and no extension.</summary>
    public void Begin()
    {
        Raw("PGCOPY\n"u8);
        Raw([0xFF, (byte)'\r', (byte)'\n', 0]);
        Raw([0, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Writes a row.</summary>
    /// <param name="source">Where its values are.</param>
    /// <param name="row">Its place there.</param>
    /// <param name="write">Writes them.</param>
    public void Row<T>(T source, int row, Action<PostgresCopy, T, int> write)
    {
        var start = _length;
        Count(0);
        _values = 0;
        write(this, source, row);
        BinaryPrimitives.WriteInt16BigEndian(_bytes.AsSpan(start), _values);
    }

    public void End() => Count(-1);

    /// <summary>Forgets what was sent and keeps the memory.</summary>
    public void Clear() => _length = 0;

    public void Dispose()
    {
        Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    public override void Boolean(bool value) => Value(1)[0] = value ? (byte)1 : (byte)0;
    public override void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Value(sizeof(short)), value);
    public override void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(sizeof(int)), value);
    public override void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(sizeof(long)), value);
    public override void Single(float value) => BinaryPrimitives.WriteSingleBigEndian(Value(sizeof(float)), value);
    public override void Double(double value) => BinaryPrimitives.WriteDoubleBigEndian(Value(sizeof(double)), value);

    /// <summary>numeric: groups of four decimal digits, the first of them 10 000 to the power of the weight.</summary>
    public override void Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);

        // Zeros up to a whole group, so that the point lies between two groups.
        var fraction = (scale + DigitsPerGroup - 1) / DigitsPerGroup;
        for (var i = scale; i < fraction * DigitsPerGroup; i++)
        {
            mantissa *= 10;
        }

        Span<short> groups = stackalloc short[10];
        var count = 0;
        for (; mantissa != 0; count++)
        {
            (mantissa, var group) = UInt128.DivRem(mantissa, DigitBase);
            groups[count] = (short)group;
        }

        const int Head = 4 * sizeof(short);
        var space = Value(Head + (count * sizeof(short)));
        BinaryPrimitives.WriteInt16BigEndian(space, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(space[2..], (short)(count - fraction - 1));
        BinaryPrimitives.WriteInt16BigEndian(space[4..], bits[3] < 0 && count > 0 ? (short)0x4000 : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(space[6..], (short)scale);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(space[(Head + (i * sizeof(short)))..], groups[count - 1 - i]);
        }
    }

    public override void Text(string value) => Encoding.UTF8.GetBytes(value, Value(Encoding.UTF8.GetByteCount(value)));
    public override void Guid(Guid value) => value.TryWriteBytes(Value(16), bigEndian: true, out _);

    /// <summary>An array: dimensions, whether it holds nulls, the elements' type; of its one dimension length and lower bound; then the elements.</summary>
    public void Guids(ReadOnlySpan<Guid> values)
    {
        const int Head = 5 * sizeof(int);
        const int Element = sizeof(int) + 16;
        var space = Value(Head + (values.Length * Element));
        ReadOnlySpan<int> head = [1, 0, UuidOid, values.Length, 1];
        for (var i = 0; i < head.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(space[(i * sizeof(int))..], head[i]);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var element = space.Slice(Head + (i * Element), Element);
            BinaryPrimitives.WriteInt32BigEndian(element, 16);
            values[i].TryWriteBytes(element[sizeof(int)..], bigEndian: true, out _);
        }
    }

    public override void Instant(long value) => Int64(PostgresRow.ToPostgres(value));
    public override void Instants(long[] values) => throw new NotSupportedException("A column of COPY holds one value.");
    public override void Date(DateOnly value) => Int32(PostgresRow.ToPostgres(value));
    public override void Time(TimeOnly value) => Int64(value.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>interval: microseconds, days, months; whole days apart, as Npgsql has it.</summary>
    public override void Duration(TimeSpan value)
    {
        var space = Value(sizeof(long) + (2 * sizeof(int)));
        BinaryPrimitives.WriteInt64BigEndian(space, value.Ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteInt32BigEndian(space[8..], value.Days);
        BinaryPrimitives.WriteInt32BigEndian(space[12..], 0);
    }

    public override void Json(ReadOnlySpan<byte> value, BodyFormat format)
    {
        if (format == BodyFormat.Json)
        {
            value.CopyTo(Value(value.Length));
            return;
        }

        var space = Value(value.Length + PostgresRow.JsonbVersionBytes);
        space[0] = PostgresRow.JsonbVersion;
        value.CopyTo(space[PostgresRow.JsonbVersionBytes..]);
    }

    public override void Blob(byte[] value) => value.CopyTo(Value(value.Length));

    /// <summary>Writes the size of a value, and gives the memory for its bytes.</summary>
    private Span<byte> Value(int size)
    {
        var space = Space(sizeof(int) + size);
        BinaryPrimitives.WriteInt32BigEndian(space, size);
        _values++;
        return space[sizeof(int)..];
    }

    private void Count(short count) => BinaryPrimitives.WriteInt16BigEndian(Space(sizeof(short)), count);

    private void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Space(bytes.Length));

    private Span<byte> Space(int size)
    {
        if (_bytes.Length - _length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_bytes.Length * 2), checked(_length + size)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var space = _bytes.AsSpan(_length, size);
        _length += size;
        return space;
    }
}

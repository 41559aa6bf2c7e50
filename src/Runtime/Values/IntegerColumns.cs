using System.Globalization;

namespace Typed.Generated;

/// <summary><see cref="byte"/>, stored as <see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteColumn : IColumn<byte>
{
    public static ColumnKind Kind => ColumnKind.Int16;
    public static byte Read(RowReader row, int ordinal) => (byte)row.Int16(ordinal);
    public static void Write(ParameterWriter parameters, byte value) => parameters.Int16(value);
    public static void WriteAll(ArrayWriter arrays, byte[] values) => arrays.Int16s(Array.ConvertAll(values, static v => (short)v));
    public static int SizeOf(byte value) => 2;
}

/// <summary><see cref="sbyte"/>, stored as <see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SByteColumn : IColumn<sbyte>
{
    public static ColumnKind Kind => ColumnKind.Int16;
    public static sbyte Read(RowReader row, int ordinal) => (sbyte)row.Int16(ordinal);
    public static void Write(ParameterWriter parameters, sbyte value) => parameters.Int16(value);
    public static void WriteAll(ArrayWriter arrays, sbyte[] values) => arrays.Int16s(Array.ConvertAll(values, static v => (short)v));
    public static int SizeOf(sbyte value) => 2;
}

/// <summary><see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int16Column : IColumn<short>
{
    public static ColumnKind Kind => ColumnKind.Int16;
    public static short Read(RowReader row, int ordinal) => row.Int16(ordinal);
    public static void Write(ParameterWriter parameters, short value) => parameters.Int16(value);
    public static void WriteAll(ArrayWriter arrays, short[] values) => arrays.Int16s(values);
    public static int SizeOf(short value) => 2;
}

/// <summary><see cref="ushort"/>, stored as <see cref="int"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt16Column : IColumn<ushort>
{
    public static ColumnKind Kind => ColumnKind.Int32;
    public static ushort Read(RowReader row, int ordinal) => (ushort)row.Int32(ordinal);
    public static void Write(ParameterWriter parameters, ushort value) => parameters.Int32(value);
    public static void WriteAll(ArrayWriter arrays, ushort[] values) => arrays.Int32s(Array.ConvertAll(values, static v => (int)v));
    public static int SizeOf(ushort value) => 4;
}

/// <summary><see cref="int"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int32Column : IColumn<int>
{
    public static ColumnKind Kind => ColumnKind.Int32;
    public static int Read(RowReader row, int ordinal) => row.Int32(ordinal);
    public static void Write(ParameterWriter parameters, int value) => parameters.Int32(value);
    public static void WriteAll(ArrayWriter arrays, int[] values) => arrays.Int32s(values);
    public static int SizeOf(int value) => 4;
}

/// <summary><see cref="uint"/>, stored as <see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt32Column : IColumn<uint>
{
    public static ColumnKind Kind => ColumnKind.Int64;
    public static uint Read(RowReader row, int ordinal) => (uint)row.Int64(ordinal);
    public static void Write(ParameterWriter parameters, uint value) => parameters.Int64(value);
    public static void WriteAll(ArrayWriter arrays, uint[] values) => arrays.Int64s(Array.ConvertAll(values, static v => (long)v));
    public static int SizeOf(uint value) => 8;
}

/// <summary><see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Column : ITotalColumn<long>
{
    public static long ReadSum(RowReader row, int ordinal) => row.IntegerSum(ref ordinal);
    public static long Add(long left, long right) => checked(left + right);
    public static ColumnKind Kind => ColumnKind.Int64;
    public static long Read(RowReader row, int ordinal) => row.Int64(ordinal);
    public static void Write(ParameterWriter parameters, long value) => parameters.Int64(value);
    public static void WriteAll(ArrayWriter arrays, long[] values) => arrays.Int64s(values);
    public static int SizeOf(long value) => 8;
}

/// <summary><see cref="ulong"/> up to <see cref="long.MaxValue"/>, stored as <see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt64Column : IColumn<ulong>
{
    public static ColumnKind Kind => ColumnKind.Int64;
    public static ulong Read(RowReader row, int ordinal) => (ulong)row.Int64(ordinal);
    public static void Write(ParameterWriter parameters, ulong value) => parameters.Int64((long)value);
    public static void WriteAll(ArrayWriter arrays, ulong[] values) => arrays.Int64s(Array.ConvertAll(values, static v => (long)v));
    public static int SizeOf(ulong value) => 8;

    public static string? Refusal(ulong value) =>
        value > long.MaxValue ?
            string.Create(CultureInfo.InvariantCulture, $"{value} is beyond {long.MaxValue}, the largest integer that the databases store")
            : null;
}

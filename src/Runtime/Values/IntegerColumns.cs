using System.ComponentModel;
using System.Globalization;

namespace Typed.Generated;

/// <summary><see cref="byte"/>, stored as <see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteColumn : IColumn<byte>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int16;

    /// <inheritdoc/>
    public static byte Read(RowReader row, int ordinal) => (byte)row.Int16(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, byte value) => parameters.Int16(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, byte[] values) => arrays.Int16s(Array.ConvertAll(values, static v => (short)v));

    /// <inheritdoc/>
    public static int SizeOf(byte value) => 2;
}

/// <summary><see cref="sbyte"/>, stored as <see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SByteColumn : IColumn<sbyte>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int16;

    /// <inheritdoc/>
    public static sbyte Read(RowReader row, int ordinal) => (sbyte)row.Int16(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, sbyte value) => parameters.Int16(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, sbyte[] values) => arrays.Int16s(Array.ConvertAll(values, static v => (short)v));

    /// <inheritdoc/>
    public static int SizeOf(sbyte value) => 2;
}

/// <summary><see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int16Column : IColumn<short>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int16;

    /// <inheritdoc/>
    public static short Read(RowReader row, int ordinal) => row.Int16(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, short value) => parameters.Int16(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, short[] values) => arrays.Int16s(values);

    /// <inheritdoc/>
    public static int SizeOf(short value) => 2;
}

/// <summary><see cref="ushort"/>, stored as <see cref="int"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt16Column : IColumn<ushort>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int32;

    /// <inheritdoc/>
    public static ushort Read(RowReader row, int ordinal) => (ushort)row.Int32(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, ushort value) => parameters.Int32(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, ushort[] values) => arrays.Int32s(Array.ConvertAll(values, static v => (int)v));

    /// <inheritdoc/>
    public static int SizeOf(ushort value) => 4;
}

/// <summary><see cref="int"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int32Column : IColumn<int>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int32;

    /// <inheritdoc/>
    public static int Read(RowReader row, int ordinal) => row.Int32(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, int value) => parameters.Int32(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, int[] values) => arrays.Int32s(values);

    /// <inheritdoc/>
    public static int SizeOf(int value) => 4;
}

/// <summary><see cref="uint"/>, stored as <see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt32Column : IColumn<uint>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int64;

    /// <inheritdoc/>
    public static uint Read(RowReader row, int ordinal) => (uint)row.Int64(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, uint value) => parameters.Int64(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, uint[] values) => arrays.Int64s(Array.ConvertAll(values, static v => (long)v));

    /// <inheritdoc/>
    public static int SizeOf(uint value) => 8;
}

/// <summary><see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Column : ITotalColumn<long>
{
    /// <inheritdoc/>
    public static long ReadSum(RowReader row, int ordinal) => row.IntegerSum(ref ordinal);

    /// <inheritdoc/>
    public static long Add(long left, long right) => checked(left + right);

    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int64;

    /// <inheritdoc/>
    public static long Read(RowReader row, int ordinal) => row.Int64(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, long value) => parameters.Int64(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, long[] values) => arrays.Int64s(values);

    /// <inheritdoc/>
    public static int SizeOf(long value) => 8;
}

/// <summary><see cref="ulong"/> up to <see cref="long.MaxValue"/>, stored as <see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt64Column : IColumn<ulong>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Int64;

    /// <inheritdoc/>
    public static ulong Read(RowReader row, int ordinal) => (ulong)row.Int64(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, ulong value) => parameters.Int64((long)value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, ulong[] values) => arrays.Int64s(Array.ConvertAll(values, static v => (long)v));

    /// <inheritdoc/>
    public static int SizeOf(ulong value) => 8;

    /// <inheritdoc/>
    public static string? Refusal(ulong value) =>
        value > long.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"{value} is beyond {long.MaxValue}, the largest integer that the databases store") : null;
}

using System.ComponentModel;
using Typed.Values;

namespace Typed.Generated;

/// <summary><see cref="bool"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanColumn : IColumn<bool>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Boolean;

    /// <inheritdoc/>
    public static bool Read(RowReader row, int ordinal) => row.Boolean(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, bool value) => parameters.Boolean(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, bool[] values) => arrays.Booleans(values);

    /// <inheritdoc/>
    public static int SizeOf(bool value) => 1;
}

/// <summary><see cref="Guid"/>; all databases order it by its bytes, most significant first, as <see cref="Guid.CompareTo(Guid)"/> does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidColumn : IColumn<Guid>
{
    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Guid;

    /// <inheritdoc/>
    public static Guid Read(RowReader row, int ordinal) => row.Guid(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, Guid value) => parameters.Guid(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, Guid[] values) => arrays.Guids(values);

    /// <inheritdoc/>
    public static int SizeOf(Guid value) => 16;
}

/// <summary><see cref="decimal"/>, exact.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalColumn : ITotalColumn<decimal>
{
    /// <inheritdoc/>
    public static decimal ReadSum(RowReader row, int ordinal) => row.Decimal(ordinal);

    /// <inheritdoc/>
    public static decimal Add(decimal left, decimal right) => ExactDecimals.Add(left, right);

    /// <inheritdoc/>
    public static ColumnKind Kind => ColumnKind.Decimal;

    /// <inheritdoc/>
    public static decimal Read(RowReader row, int ordinal) => row.Decimal(ordinal);

    /// <inheritdoc/>
    public static void Write(ParameterWriter parameters, decimal value) => parameters.Decimal(value);

    /// <inheritdoc/>
    public static void WriteAll(ArrayWriter arrays, decimal[] values) => arrays.Decimals(values);

    /// <inheritdoc/>
    public static int SizeOf(decimal value) => 16;

    /// <inheritdoc/>
    /// <remarks>Dividing by 1 with 28 zeros takes trailing zeros away, so that 1.0 and 1.00 are one text on SQLite.</remarks>
    public static decimal Normalize(decimal value) => value / 1.0000000000000000000000000000m;
}

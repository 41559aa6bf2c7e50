using Typed.Values;

namespace Typed.Generated;

/// <summary><see cref="bool"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanColumn : IColumn<bool>
{
    public static ColumnKind Kind => ColumnKind.Boolean;
    public static bool Read(RowReader row, int ordinal) => row.Boolean(ordinal);
    public static void Write(ParameterWriter parameters, bool value) => parameters.Boolean(value);
    public static void WriteAll(ArrayWriter arrays, bool[] values) => arrays.Booleans(values);
    public static int SizeOf(bool value) => 1;
}

/// <summary><see cref="Guid"/>; all databases order it by its bytes, most significant first, as <see cref="Guid.CompareTo(Guid)"/> does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidColumn : IColumn<Guid>
{
    public static ColumnKind Kind => ColumnKind.Guid;
    public static Guid Read(RowReader row, int ordinal) => row.Guid(ordinal);
    public static void Write(ParameterWriter parameters, Guid value) => parameters.Guid(value);
    public static void WriteAll(ArrayWriter arrays, Guid[] values) => arrays.Guids(values);
    public static int SizeOf(Guid value) => 16;
}

/// <summary><see cref="decimal"/>, exact.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalColumn : ITotalColumn<decimal>
{
    public static decimal ReadSum(RowReader row, int ordinal) => row.Decimal(ordinal);
    public static decimal Add(decimal left, decimal right) => ExactDecimals.Add(left, right);
    public static ColumnKind Kind => ColumnKind.Decimal;
    public static decimal Read(RowReader row, int ordinal) => row.Decimal(ordinal);
    public static void Write(ParameterWriter parameters, decimal value) => parameters.Decimal(value);
    public static void WriteAll(ArrayWriter arrays, decimal[] values) => arrays.Decimals(values);
    public static int SizeOf(decimal value) => 16;

    /// <remarks>Dividing by 1 with 28 zeros takes trailing zeros away, so that 1.0 and 1.00 are one text on SQLite.</remarks>
    public static decimal Normalize(decimal value) => value / 1.0000000000000000000000000000m;
}

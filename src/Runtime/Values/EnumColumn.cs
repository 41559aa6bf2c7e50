using System.Runtime.CompilerServices;

namespace Typed.Generated;

/// <summary>An enum, stored and ordered as its underlying number.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <typeparam name="TNumber">Its underlying type.</typeparam>
/// <typeparam name="TColumn">How that is stored.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumColumn<TEnum, TNumber, TColumn> : IColumn<TEnum>
    where TEnum : unmanaged, Enum
    where TNumber : unmanaged
    where TColumn : struct, IColumn<TNumber>
{
    public static ColumnKind Kind => TColumn.Kind;
    public static TEnum Read(RowReader row, int ordinal) => Unsafe.BitCast<TNumber, TEnum>(TColumn.Read(row, ordinal));
    public static void Write(ParameterWriter parameters, TEnum value) => TColumn.Write(parameters, Number(value));
    public static void WriteAll(ArrayWriter arrays, TEnum[] values) => TColumn.WriteAll(arrays, Array.ConvertAll(values, Number));
    public static string? Refusal(TEnum value) => TColumn.Refusal(Number(value));
    public static int SizeOf(TEnum value) => TColumn.SizeOf(Number(value));
    public static int Compare(TEnum left, TEnum right) => TColumn.Compare(Number(left), Number(right));

    private static TNumber Number(TEnum value) => Unsafe.BitCast<TEnum, TNumber>(value);
}

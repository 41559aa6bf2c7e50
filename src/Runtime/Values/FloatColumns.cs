using System.Globalization;

namespace Typed.Generated;

/// <summary><see cref="float"/>; finite values only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleColumn : IColumn<float>
{
    public static ColumnKind Kind => ColumnKind.Single;
    public static float Read(RowReader row, int ordinal) => row.Single(ordinal);
    public static void Write(ParameterWriter parameters, float value) => parameters.Single(value);
    public static void WriteAll(ArrayWriter arrays, float[] values) => arrays.Singles(values);
    public static int SizeOf(float value) => 4;

    public static string? Refusal(float value) =>
        float.IsFinite(value) ? null : string.Create(CultureInfo.InvariantCulture, $"{value} is not a finite number");

    /// <remarks>Negative zero equals zero in the databases, so it is zero here.</remarks>
    public static float Normalize(float value) => value == 0 ? 0 : value;
}

/// <summary><see cref="double"/>; finite values only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DoubleColumn : ITotalColumn<double>
{
    public static double ReadSum(RowReader row, int ordinal) => row.Double(ordinal);

    public static double Add(double left, double right) =>
        double.IsFinite(left + right) ? left + right : throw new OverflowException("A sum left the range of double.");

    public static ColumnKind Kind => ColumnKind.Double;
    public static double Read(RowReader row, int ordinal) => row.Double(ordinal);
    public static void Write(ParameterWriter parameters, double value) => parameters.Double(value);
    public static void WriteAll(ArrayWriter arrays, double[] values) => arrays.Doubles(values);
    public static int SizeOf(double value) => 8;

    public static string? Refusal(double value) =>
        double.IsFinite(value) ? null : string.Create(CultureInfo.InvariantCulture, $"{value} is not a finite number");

    /// <remarks>Negative zero equals zero in the databases, so it is zero here.</remarks>
    public static double Normalize(double value) => value == 0 ? 0 : value;
}

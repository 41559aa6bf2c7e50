namespace Typed.Generated;

/// <summary>The current row of a result, read without boxing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RowReader
{
    /// <summary>Whether the column is null.</summary>
    public abstract bool IsNull(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Boolean"/>.</summary>
    public abstract bool Boolean(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Int16"/>.</summary>
    public abstract short Int16(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Int32"/>.</summary>
    public abstract int Int32(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Int64"/>.</summary>
    public abstract long Int64(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Single"/>.</summary>
    public abstract float Single(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Double"/>.</summary>
    public abstract double Double(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Decimal"/>.</summary>
    public abstract decimal Decimal(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Text"/>.</summary>
    public abstract string Text(int ordinal);

    /// <summary>Whether a column holds a <see cref="ColumnKind.Text"/>: does not read it into memory.</summary>
    public abstract bool IsText(int ordinal, string value);

    /// <summary>Reads a <see cref="ColumnKind.Guid"/>.</summary>
    public abstract Guid Guid(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Instant"/> as Unix microseconds.</summary>
    public abstract long Instant(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Date"/>.</summary>
    public abstract DateOnly Date(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Time"/>.</summary>
    public abstract TimeOnly Time(int ordinal);

    /// <summary>Reads a <see cref="ColumnKind.Duration"/>.</summary>
    public abstract TimeSpan Duration(int ordinal);

    /// <summary>The size of a JSON text in UTF-8.</summary>
    public abstract int JsonSize(int ordinal);

    /// <summary>Reads a JSON text in UTF-8 into memory of its size.</summary>
    public abstract void Json(int ordinal, ArraySegment<byte> into);

    /// <summary>Reads a <see cref="ColumnKind.Blob"/>.</summary>
    public abstract byte[] Blob(int ordinal);

    /// <summary>Reads an exact sum of integers, which may take more than one column, and moves <paramref name="ordinal"/> past it.</summary>
    /// <exception cref="OverflowException">The sum is beyond <see cref="long"/>.</exception>
    public abstract long IntegerSum(ref int ordinal);
}

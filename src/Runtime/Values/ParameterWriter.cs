using Typed.Values;

namespace Typed.Generated;

/// <summary>Adds the parameters of a statement, one after the other, without boxing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ParameterWriter
{
    /// <summary>Adds whole columns as array parameters; null where the database has no arrays.</summary>
    public abstract ArrayWriter? Arrays { get; }

    /// <summary>Begins a list of rows as one parameter, where the database has no arrays.</summary>
    internal virtual RowList Rows() => throw new NotSupportedException("Whole columns are arrays here.");

    /// <summary>Adds a <see cref="ColumnKind.Boolean"/>.</summary>
    public abstract void Boolean(bool value);

    /// <summary>Adds a <see cref="ColumnKind.Int16"/>.</summary>
    public abstract void Int16(short value);

    /// <summary>Adds a <see cref="ColumnKind.Int32"/>.</summary>
    public abstract void Int32(int value);

    /// <summary>Adds a <see cref="ColumnKind.Int64"/>.</summary>
    public abstract void Int64(long value);

    /// <summary>Adds a <see cref="ColumnKind.Single"/>.</summary>
    public abstract void Single(float value);

    /// <summary>Adds a <see cref="ColumnKind.Double"/>.</summary>
    public abstract void Double(double value);

    /// <summary>Adds a <see cref="ColumnKind.Decimal"/>.</summary>
    public abstract void Decimal(decimal value);

    /// <summary>Adds a <see cref="ColumnKind.Text"/>.</summary>
    public abstract void Text(string value);

    /// <summary>Adds a <see cref="ColumnKind.Guid"/>.</summary>
    public abstract void Guid(Guid value);

    /// <summary>Adds a <see cref="ColumnKind.Instant"/> given as Unix microseconds.</summary>
    public abstract void Instant(long value);

    /// <summary>Adds a list of instants as one parameter.</summary>
    public abstract void Instants(long[] values);

    /// <summary>Adds a <see cref="ColumnKind.Date"/>.</summary>
    public abstract void Date(DateOnly value);

    /// <summary>Adds a <see cref="ColumnKind.Time"/>.</summary>
    public abstract void Time(TimeOnly value);

    /// <summary>Adds a <see cref="ColumnKind.Duration"/>.</summary>
    public abstract void Duration(TimeSpan value);

    /// <summary>Adds a JSON text in UTF-8.</summary>
    public abstract void Json(ReadOnlySpan<byte> value, BodyFormat format);

    /// <summary>Adds a <see cref="ColumnKind.Blob"/>.</summary>
    public abstract void Blob(byte[] value);
}

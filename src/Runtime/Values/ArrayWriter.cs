namespace Typed.Generated;

/// <summary>Adds whole columns as array parameters, for databases that take them (PostgreSQL's <c>unnest</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ArrayWriter
{
    /// <summary>Adds a column of <see cref="ColumnKind.Boolean"/>.</summary>
    public abstract void Booleans(bool[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Int16"/>.</summary>
    public abstract void Int16s(short[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Int32"/>.</summary>
    public abstract void Int32s(int[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Int64"/>.</summary>
    public abstract void Int64s(long[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Single"/>.</summary>
    public abstract void Singles(float[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Double"/>.</summary>
    public abstract void Doubles(double[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Decimal"/>.</summary>
    public abstract void Decimals(decimal[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Text"/>.</summary>
    public abstract void Texts(string[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Guid"/>.</summary>
    public abstract void Guids(Guid[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Instant"/> given as Unix microseconds.</summary>
    public abstract void Instants(long[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Date"/>.</summary>
    public abstract void Dates(DateOnly[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Time"/>.</summary>
    public abstract void Times(TimeOnly[] values);

    /// <summary>Adds a column of <see cref="ColumnKind.Duration"/>.</summary>
    public abstract void Durations(TimeSpan[] values);

    /// <summary>Adds a column of JSON texts in UTF-8.</summary>
    public abstract void Jsons(ReadOnlyMemory<byte>[] values, BodyFormat format);

    /// <summary>Adds a column of <see cref="ColumnKind.Blob"/>.</summary>
    public abstract void Blobs(byte[][] values);
}

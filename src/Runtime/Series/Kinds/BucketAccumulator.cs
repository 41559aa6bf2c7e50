namespace Typed.Series.Kinds;

/// <summary>Builds what one bucket (or slot, or range) holds from the rows that make it up.</summary>
internal abstract class BucketAccumulator<TItem>
{
    /// <summary>What a bucket without data holds.</summary>
    public abstract TItem Nothing { get; }

    /// <summary>Takes a row, whose columns start at, after key, bucket and slot, <paramref name="ordinal"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The first column of what the bucket holds.</param>
    /// <param name="merged">Whether the database merged rows to get this one: sums then come as sums.</param>
    public abstract void Add(RowReader row, int ordinal, bool merged);

    /// <summary>What the rows since the last call make, and starts again.</summary>
    public abstract TItem Take();
}

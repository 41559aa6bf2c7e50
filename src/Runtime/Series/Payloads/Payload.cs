using Typed.Generated;

namespace Typed.Series;

/// <summary>Builds what one bucket (or slot, or range) holds from the rows that make it up.</summary>
internal abstract class Payload<TItem>
{
    /// <summary>What a bucket without data holds.</summary>
    public abstract TItem Nothing { get; }

    /// <summary>Takes a row, whose payload columns start at <paramref name="ordinal"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The first payload column.</param>
    /// <param name="merged">Whether the database merged rows to get this one: sums then come as sums.</param>
    public abstract void Add(RowReader row, int ordinal, bool merged);

    /// <summary>What the rows since the last call make, and starts again.</summary>
    public abstract TItem Take();
}

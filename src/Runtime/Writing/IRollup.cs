namespace Typed.Writing;

/// <summary>
/// How the points of one type of series combine into rows. Implemented by structs and closed over at compile time, so that the loop over the points of a
/// write calls nothing
/// that is not known to it.
/// </summary>
/// <typeparam name="TValue">A point's value.</typeparam>
/// <typeparam name="TRow">What tells rows apart: the cell, or the cell and the value.</typeparam>
/// <typeparam name="TContent">What a row holds beside that.</typeparam>
internal interface IRollup<TValue, TRow, TContent>
    where TRow : struct, IRollupRow<TRow>
{
    /// <summary>The row that a point belongs to.</summary>
    static abstract TRow RowOf(in BucketCell cell, TValue value);

    /// <summary>Takes a point into its row.</summary>
    /// <param name="content">What the row holds; the default of its type where the point is its first.</param>
    /// <param name="exists">Whether the row has taken a point before.</param>
    /// <param name="value">The point's value.</param>
    /// <param name="instant">The point's time.</param>
    /// <param name="weight">How many points it stands for.</param>
    /// <exception cref="OverflowException">A total would leave its type; says which.</exception>
    static abstract void Add(ref TContent content, bool exists, TValue value, long instant, long weight);

    /// <summary>What a row adds to a stored total, in words; null where it adds nothing.</summary>
    static abstract string? AmountOf(TContent content);

    /// <summary>Adds the columns after the slot as arrays.</summary>
    static abstract void WriteAll(ArrayWriter arrays, TRow[] rows, TContent[] contents);

    /// <summary>Adds the columns after the slot of one row.</summary>
    static abstract void Write(ParameterWriter parameters, in TRow row, TContent content);
}

/// <summary>What tells the rows of a rolled-up interval apart, in the order of the primary key.</summary>
internal interface IRollupRow<TSelf> : IEquatable<TSelf>, IComparable<TSelf>
    where TSelf : struct, IRollupRow<TSelf>
{
    BucketCell Cell { get; }
}

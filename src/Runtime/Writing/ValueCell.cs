namespace Typed.Writing;

/// <summary>A distinct value in a cell: a row of a Histogram or a Set.</summary>
internal readonly struct ValueCell<TValue, TColumn>(BucketCell cell, TValue value) : IRollupRow<ValueCell<TValue, TColumn>>
    where TColumn : struct, IColumn<TValue>
{
    public BucketCell Cell { get; } = cell;

    public TValue Value { get; } = value;

    public bool Equals(ValueCell<TValue, TColumn> other) => Cell.Equals(other.Cell) && TColumn.Equal(Value, other.Value);

    public override bool Equals(object? obj) => obj is ValueCell<TValue, TColumn> other && Equals(other);

    public override int GetHashCode() => unchecked((Cell.GetHashCode() * 397) ^ TColumn.Hash(Value));

    public int CompareTo(ValueCell<TValue, TColumn> other)
    {
        var order = Cell.CompareTo(other.Cell);
        return order == 0 ? TColumn.Compare(Value, other.Value) : order;
    }
}

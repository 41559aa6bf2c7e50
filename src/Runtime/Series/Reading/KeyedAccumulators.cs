namespace Typed.Series.Reading;

/// <summary>Builds the value of each of several keys from unmerged rows; of a key without rows the empty value.</summary>
/// <param name="rows">How the rows are read.</param>
/// <param name="count">How many keys there are.</param>
internal sealed class KeyedAccumulators<TRead>(UnmergedRows<TRead> rows, int count)
{
    private readonly Kinds.BucketAccumulator<TRead>[] _accumulators = [.. Enumerable.Range(0, count).Select(_ => rows.NewAccumulator())];
    private readonly bool[] _filled = new bool[count];

    public void Add(RowReader row, int key)
    {
        _accumulators[key].Add(row, rows.Layout.Content, merged: false);
        _filled[key] = true;
    }

    /// <summary>The values, in the order of the keys, and starts again.</summary>
    public TRead[] Take()
    {
        var values = new TRead[_accumulators.Length];
        for (var key = 0; key < values.Length; key++)
        {
            values[key] = _filled[key] ? _accumulators[key].Take() : _accumulators[key].Nothing;
            _filled[key] = false;
        }

        return values;
    }
}

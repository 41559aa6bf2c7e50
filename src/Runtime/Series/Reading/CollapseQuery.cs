using Typed.Series.Kinds;
using Typed.Storage;

namespace Typed.Series.Reading;

/// <summary>Reads one item made of all rows: a collapsed range.</summary>
internal sealed class CollapseQuery<TKey, TItem>(KeySet<TKey> keys, BucketAccumulator<TItem> accumulator, long first, long last,
    IParameters? more = null) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private bool _any;

    public TItem Result => _any ? accumulator.Take() : accumulator.Nothing;

    public void Bind(ParameterWriter parameters)
    {
        keys.Bind(parameters);
        parameters.Instant(first);
        parameters.Instant(last);
        more?.Bind(parameters);
    }

    public bool Row(RowReader row)
    {
        _any = true;

        // Collapsing merges in the database whatever the number of keys.
        accumulator.Add(row, 0, merged: true);
        return true;
    }
}

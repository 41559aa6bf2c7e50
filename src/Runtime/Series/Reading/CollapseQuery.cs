using Typed.Generated;
using Typed.Storage;

namespace Typed.Series;

/// <summary>Reads one item made of all rows: a collapsed range.</summary>
internal sealed class CollapseQuery<TKey, TItem>(KeySet<TKey> keys, Payload<TItem> payload, long first, long last) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private bool _any;

    public TItem Result => _any ? payload.Take() : payload.Nothing;

    public void Bind(ParameterWriter parameters)
    {
        keys.Bind(parameters);
        parameters.Instant(first);
        parameters.Instant(last);
    }

    public bool Row(RowReader row)
    {
        _any = true;

        // Collapsing merges in the database whatever the number of keys.
        payload.Add(row, 0, merged: true);
        return true;
    }
}

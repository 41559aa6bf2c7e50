using System.Runtime.InteropServices;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>Points of a Series on their way to their table, in write order.</summary>
internal sealed class PointRows<TKey, TValue, TColumn>(WriteTable table, int capacity) : ITableRows
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
{
    private readonly List<TKey> _keys = new(capacity);
    private readonly List<long> _instants = new(capacity);
    private readonly List<TValue> _values = new(capacity);

    public WriteTable Table => table;

    public int Count => _keys.Count;

    public bool AreNew => true;

    public string? Added => null;

    public void Add(in TKey key, long instant, TValue value)
    {
        _keys.Add(key);
        _instants.Add(instant);
        _values.Add(value);
    }

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        TKey.WriteAll(arrays, CollectionsMarshal.AsSpan(_keys));
        arrays.Instants([.. _instants]);
        TColumn.WriteAll(arrays, [.. _values]);
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        TKey.Write(parameters, CollectionsMarshal.AsSpan(_keys)[row]);
        parameters.Instant(_instants[row]);
        TColumn.Write(parameters, _values[row]);
    }
}

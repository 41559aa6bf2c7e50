namespace Typed.Series.Reading;

/// <summary>The keys that a read asks for: checked, each once, in the order asked.</summary>
internal sealed class KeySet<TKey>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly TKey[] _keys;

    public KeySet(TKey key, string? seriesNamespace) => _keys = [TKey.InNamespace(TKey.Accept(key), seriesNamespace)];

    public KeySet(IEnumerable<TKey> keys, string? seriesNamespace)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var seen = new HashSet<TKey>();
        List<TKey> distinct = [];
        foreach (var key in keys)
        {
            var accepted = TKey.InNamespace(TKey.Accept(key), seriesNamespace);
            if (seen.Add(accepted))
            {
                distinct.Add(accepted);
            }
        }

        _keys = distinct.Count > 0 ? [.. distinct] : throw new ArgumentException("No key was asked for: give at least one.", nameof(keys));
    }

    public int Count => _keys.Length;

    public void Bind(ParameterWriter parameters)
    {
        if (_keys.Length == 1)
        {
            TKey.Write(parameters, _keys[0]);
            return;
        }

        if (parameters.Arrays is { } arrays)
        {
            TKey.WriteAll(arrays, _keys);
            return;
        }

        var rows = parameters.Rows();
        foreach (ref readonly var key in _keys.AsSpan())
        {
            rows.StartRow();
            TKey.Write(rows, key);
            rows.EndRow();
        }

        rows.End();
    }
}

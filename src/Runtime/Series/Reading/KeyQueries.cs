using Typed.Storage;

namespace Typed.Series.Reading;

/// <summary>Reads the distinct keys with a live bucket.</summary>
/// <param name="oldest">The oldest live bucket of each interval.</param>
/// <param name="seriesNamespace">The namespace; null where the series has none.</param>
internal sealed class KeysQuery<TKey>(IReadOnlyList<long> oldest, string? seriesNamespace) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    public List<TKey> Keys { get; } = [];

    public void Bind(ParameterWriter parameters)
    {
        foreach (var start in oldest)
        {
            parameters.Instant(start);
        }

        if (seriesNamespace is not null)
        {
            parameters.Text(seriesNamespace);
        }
    }

    public bool Row(RowReader row)
    {
        Keys.Add(TKey.InNamespace(TKey.Read(row, 0), seriesNamespace: null));
        return true;
    }
}

/// <summary>Reads the first and last live bucket of the keys, or of all keys; null when there is none.</summary>
/// <param name="keys">The keys; null: all.</param>
/// <param name="oldest">The oldest live bucket.</param>
internal sealed class ExtentQuery<TKey>(KeySet<TKey>? keys, long oldest) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    public (long First, long Last)? Result { get; private set; }

    public void Bind(ParameterWriter parameters)
    {
        keys?.Bind(parameters);
        parameters.Instant(oldest);
    }

    public bool Row(RowReader row)
    {
        Result = row.IsNull(0) ? null : (row.Instant(0), row.Instant(1));
        return false;
    }
}

namespace Typed;

/// <summary>Reads of series whose first key member is text.</summary>
public static class TextKeyExtensions
{
    /// <summary>Reads all keys whose first member begins with a text and that have data in the range, in the order of the primary key.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TRead">What a bucket holds.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    /// <param name="interval">The interval.</param>
    /// <param name="prefix">How the first member begins, compared by code point; the empty text is the beginning of all.</param>
    /// <exception cref="ArgumentException">The text has U+0000 or a lone surrogate, which no key has.</exception>
    public static AllKeysSelection<TKey, TRead, TStats> ForAll<TKey, TRead, TStats>(this KeyedInterval<TKey, TRead, TStats> interval, string prefix)
        where TKey : struct, ISeriesKey<TKey>, ITextKey
    {
        ArgumentNullException.ThrowIfNull(interval);
        return interval.All(new(prefix));
    }
}

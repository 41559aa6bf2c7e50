using Typed.Generated;
using Typed.Storage.Tables;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series;

/// <summary>Chosen keys in one interval, to be read by any view.</summary>
internal interface IKeyReader
{
    Interval Interval { get; }

    long Now { get; }

    BucketSource<TItem> By<TItem>(View<TItem> view);
}

/// <inheritdoc/>
internal sealed class KeyReader<TKey>(StoreScope scope, Interval interval, KeyedSql extent, KeySet<TKey> keys) : IKeyReader
    where TKey : struct, ISeriesKey<TKey>
{
    public Interval Interval => interval;

    public long Now => scope.Now;

    public BucketSource<TItem> By<TItem>(View<TItem> view) => new BucketSource<TKey, TItem>(scope, interval, extent, view, keys);
}

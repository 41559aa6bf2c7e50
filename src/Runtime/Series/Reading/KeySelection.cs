using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Reading;

/// <summary>Chosen keys in one interval, to be read in any way.</summary>
internal interface IKeySelection
{
    Interval Interval { get; }

    long Now { get; }

    BucketSource<TItem> ReadWith<TItem>(IntervalReader<TItem> reader);
}

/// <inheritdoc/>
internal sealed class KeySelection<TKey>(StoreScope scope, Interval interval, TableStatements statements, KeySet<TKey> keys) : IKeySelection
    where TKey : struct, ISeriesKey<TKey>
{
    public Interval Interval => interval;

    public long Now => scope.Now;

    public BucketSource<TItem> ReadWith<TItem>(IntervalReader<TItem> reader) => new BucketSource<TKey, TItem>(scope, interval, statements, reader, keys);
}

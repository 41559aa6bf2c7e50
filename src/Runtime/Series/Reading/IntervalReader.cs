using Typed.Storage;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>A bucket as read: its start, what it holds, its slots where they are asked for.</summary>
internal readonly record struct BucketRow<TItem>(long Start, TItem Item, IReadOnlyList<Slot<TItem>>? Slots);

/// <summary>Whole buckets of a range, ascending.</summary>
/// <param name="Buckets">The buckets that hold data.</param>
/// <param name="Rows">How many rows they were made of.</param>
/// <param name="Resume">Where the next page starts; null when the range is read to its end.</param>
internal readonly record struct BucketPage<TItem>(List<BucketRow<TItem>> Buckets, int Rows, long? Resume);

/// <summary>How much is fetched before the connection is given back. A loop over a range then pins neither connection nor memory.</summary>
internal static class BucketPageSize
{
    /// <summary>The most rows: a day of minutes with some values each.</summary>
    public const int Rows = 20_000;

    private const int MostRoom = 2_048;

    /// <summary>The limit to begin with: one bucket is read whole, however many rows it has.</summary>
    public static int First(BucketSpan span) => span.First == span.Last ? int.MaxValue : Rows;

    /// <summary>Buckets to make room for: all of them, where they are few.</summary>
    public static int Room(Interval interval, BucketSpan span) =>
        interval.Step.Index(span.Last) - interval.Step.Index(span.First) is >= 0 and < MostRoom and var between ? (int)between + 1 : 0;

    /// <summary>More rows, for a bucket that has more than a page.</summary>
    public static int Larger(int rows) => checked(rows * 8);
}

/// <summary>One way to read an interval: as values, or as statistics.</summary>
internal abstract class IntervalReader<TItem>(Interval interval)
{
    /// <summary>The positions outside of which rows are left out; null where whole buckets are read.</summary>
    private (long First, long Last)? _within;

    /// <summary>What a bucket without data holds.</summary>
    public abstract TItem Nothing { get; }

    /// <summary>
    /// Whether the rows of a page do not lie in its order, so that the database merges or sorts all that the statement spans before the limit cuts it.
    /// </summary>
    /// <param name="keys">How many keys are joined.</param>
    /// <param name="slots">Whether slots are read as well.</param>
    public virtual bool Sorts(int keys, bool slots) => keys > 1;

    protected Interval Interval => interval;

    /// <summary>The same for rows between two positions, which are those of a finer grid.</summary>
    public IntervalReader<TItem> Within(long first, long last)
    {
        var copy = (IntervalReader<TItem>)MemberwiseClone();
        copy._within = (first, last);
        return copy;
    }

    /// <summary>Reads a page.</summary>
    /// <param name="session">Where to read.</param>
    /// <param name="keys">The keys, joined.</param>
    /// <param name="span">The first and last bucket.</param>
    /// <param name="slots">Whether to read slots as well.</param>
    /// <param name="sparse">Whether empty buckets are of no interest.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract ValueTask<BucketPage<TItem>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
        where TKey : struct, ISeriesKey<TKey>;

    /// <summary>Reads a whole range as one item.</summary>
    public abstract ValueTask<TItem> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken)
        where TKey : struct, ISeriesKey<TKey>;

    /// <summary>What the length of its bucket adds to an item.</summary>
    public virtual TItem Finish(TItem item, long first, long last) => item;

    /// <summary>The first position of a range that begins with a bucket.</summary>
    protected long FirstPosition(long bucket) => _within is var (first, _) ? Math.Max(bucket, first) : bucket;

    /// <summary>The last position of a range that ends with a bucket.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="whole">The position up to which rows belong to it.</param>
    protected long LastPosition(long bucket, long whole) => _within is var (_, last) ? Math.Min(interval.LastInstant(bucket), last) : whole;

    /// <summary>Reads a page that holds a bucket, if there is one: where a page has none that is whole, it is fetched again, and larger.</summary>
    protected async ValueTask<BucketPage<TItem>> ReadWholeAsync<TKey>(
        Session session, Sql sql, BucketSpan span, Func<int, PageQuery<TKey, TItem>> newQuery, CancellationToken cancellationToken)
        where TKey : struct, ISeriesKey<TKey>
    {
        for (var limit = BucketPageSize.First(span); ; limit = BucketPageSize.Larger(limit))
        {
            var query = newQuery(limit);
            await session.ReadAsync(sql, query, cancellationToken).ConfigureAwait(false);
            var buckets = query.End();
            if (buckets.Count > 0 || !query.IsFull)
            {
                return new(buckets, query.Rows, query.IsFull && interval.Step.TryNext(buckets[^1].Start, out var next) ? next : null);
            }
        }
    }

    protected double Seconds(long first, long last) => interval.Seconds(first, last);
}

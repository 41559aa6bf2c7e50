using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>An interval of a Series: a view on its points.</summary>
internal sealed class PointReader<TItem>(Interval interval, PointStatements statements, Func<BucketAccumulator<TItem>> newAccumulator)
    : PagedReader<TItem>(interval, newAccumulator)
{
    private readonly PointUnmergedLayout _layout = new(interval);

    protected override KeyedSql CollapseStatement => statements.Collapse;

    protected override KeyedSql Statement(bool slots) => statements.Range;

    protected override RowLayout Layout(bool slots) => _layout;

    protected override bool Merged(int keys, bool slots) => false;

    protected override long LastPosition(long lastBucket) => Interval.LastInstant(lastBucket);
}

/// <summary>Statistics that the database computes over points, for a list of buckets at a time.</summary>
internal sealed class PointStatisticsReader<TStats>(Interval interval, PointStatements statements, Func<BucketAccumulator<TStats>> newAccumulator)
    : IntervalReader<TStats>(interval)
    where TStats : struct, IStatistics<TStats>
{
    /// <summary>Buckets asked for at once.</summary>
    private const int PageBuckets = 4_096;

    public override TStats Nothing { get; } = newAccumulator().Nothing;

    // A page has its own list of buckets.
    public override bool Sorts(int keys, bool slots) => false;

    public override TStats Finish(TStats item, long first, long last) => item.Over(Seconds(first, last));

    public override async ValueTask<BucketPage<TStats>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        var first = FirstPosition(span.First);
        var lastPosition = LastPosition(span.Last, Interval.LastInstant(span.Last));
        if (sparse)
        {
            // Only buckets with points are wanted: do not list the empty ones up to the next of them.
            var extent = new ExtentQuery<TKey>(keys, first);
            await session.ReadAsync(statements.Extent.For(keys.Count), extent, cancellationToken).ConfigureAwait(false);
            if (extent.Result is not { } held || held.First > lastPosition)
            {
                return new([], Rows: 0, Resume: null);
            }

            first = FirstPosition(Interval.BucketOf(held.First));
            span = span with { Last = Math.Min(span.Last, Interval.BucketOf(held.Last)) };
        }

        List<long> starts = [];
        long? resume = first;
        while (resume is { } start && start <= span.Last && starts.Count < PageBuckets)
        {
            starts.Add(start);
            resume = Interval.Step.TryNext(Interval.BucketOf(start), out var next) ? next : null;
        }

        var end = Interval.BucketOf(starts[^1]);

        var query = new BucketListQuery<TKey, TStats>(
            keys, Interval, newAccumulator(), [.. starts], LastPosition(end, Interval.LastInstant(end)) + 1);
        await session.ReadAsync(statements.Statistics.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
        return new(query.Buckets, query.Buckets.Count, resume <= span.Last ? resume : null);
    }

    public override async ValueTask<TStats> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken)
    {
        var query = new CollapseQuery<TKey, TStats>(keys, newAccumulator(), span.First, Interval.LastInstant(span.Last));
        await session.ReadAsync(statements.CollapsedStatistics.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
        return query.Result;
    }
}

/// <summary>Reads an item for each of a list of buckets that hold data.</summary>
internal sealed class BucketListQuery<TKey, TItem>(
    KeySet<TKey> keys, Interval interval, BucketAccumulator<TItem> accumulator, long[] starts, long end) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    public List<BucketRow<TItem>> Buckets { get; } = [];

    public void Bind(ParameterWriter parameters)
    {
        keys.Bind(parameters);
        parameters.Instants(starts);
        parameters.Instant(end);
    }

    public bool Row(RowReader row)
    {
        accumulator.Add(row, 1, merged: true);
        Buckets.Add(new(interval.BucketOf(row.Instant(0)), accumulator.Take(), Slots: null));
        return true;
    }
}

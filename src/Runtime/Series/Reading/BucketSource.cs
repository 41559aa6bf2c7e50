using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Reading;

/// <summary>The buckets of one or several keys in one interval, read by a reader.</summary>
internal abstract class BucketSource<TItem>
{
    /// <summary>The buckets of a range, ascending.</summary>
    public abstract IAsyncEnumerable<Bucket<TItem>> Read(RangeRequest range, bool skipEmpty, bool slots);

    /// <summary>One bucket; nothing when it is dead.</summary>
    public abstract ValueTask<Bucket<TItem>> GetAsync(long at, CancellationToken cancellationToken);

    /// <summary>A whole range as one item.</summary>
    public abstract ValueTask<TItem> CollapseAsync(RangeRequest range, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class BucketSource<TKey, TItem>(
    StoreScope scope, Interval interval, TableStatements statements, IntervalReader<TItem> reader, KeySet<TKey> keys) : BucketSource<TItem>
    where TKey : struct, ISeriesKey<TKey>
{
    public override IAsyncEnumerable<Bucket<TItem>> Read(RangeRequest range, bool skipEmpty, bool slots) =>
        new BucketSequence<TKey, TItem>(this, range, skipEmpty, slots && interval.IsFine);

    public override async ValueTask<Bucket<TItem>> GetAsync(long at, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        var start = interval.BucketOf(at);
        if (!interval.IsLive(start, scope.Now))
        {
            return Empty(start);
        }

        var page = await ReadPageAsync(new(start, start), slots: false, sparse: false, cancellationToken).ConfigureAwait(false);
        return page.Buckets.Count == 0 ? Empty(start) : Full(page.Buckets[0]);
    }

    public override async ValueTask<TItem> CollapseAsync(RangeRequest range, CancellationToken cancellationToken)
    {
        if (await ResolveAsync(range, exact: true, cancellationToken).ConfigureAwait(false) is not { } span)
        {
            return reader.Nothing;
        }

        try
        {
            var item = await scope.ReadAsync(
                Asked("a range in one"),
                (session, token) => reader.CollapseAsync(session, keys, span, token),
                cancellationToken).ConfigureAwait(false);
            return reader.Finish(item, span.First, span.Last);
        }
        catch (Exception error) when (Overflows.Is(scope, error))
        {
            throw Overflows.In(scope, interval, error);
        }
    }

    /// <summary>The live buckets of a range; null when there are none.</summary>
    /// <param name="range">The range asked for.</param>
    /// <param name="exact">Whether ends that only the data can tell have to be found out, rather than left open.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<BucketSpan?> ResolveAsync(RangeRequest range, bool exact, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        var now = scope.Now;
        var oldest = interval.OldestLive(now);
        var (first, last) = range.Resolve(interval, now);
        if (exact && (first is null || last is null))
        {
            if (await ExtentAsync(oldest, cancellationToken).ConfigureAwait(false) is not { } held)
            {
                return null;
            }

            first ??= interval.BucketOf(held.First);
            last ??= interval.BucketOf(held.Last);
        }

        var from = Math.Max(first ?? Instant.Min, oldest);
        var to = last ?? LastBucket;
        return from > to ? null : new BucketSpan(from, to);
    }

    /// <summary>How far the pages of a range reach.</summary>
    /// <param name="range">The live buckets of the range.</param>
    /// <param name="slots">Whether slots are read as well.</param>
    public PageSpans Spans(BucketSpan range, bool slots) => new(interval, range, bounded: Sorts(slots));

    /// <summary>Whether the end of a page has to be known before it is read.</summary>
    public bool Sorts(bool slots) => reader.Sorts(keys.Count, slots);

    /// <summary>The start of the bucket after the one that starts there; false at the end of time.</summary>
    public bool TryNext(long start, out long next) => interval.Step.TryNext(start, out next);

    private long LastBucket => interval.BucketOf(Instant.Max);

    private async ValueTask<(long First, long Last)?> ExtentAsync(long oldest, CancellationToken cancellationToken) =>
        (await scope.ReadAsync(
            Asked("the first and last bucket"), statements.Extent.For(keys.Count), () => new ExtentQuery<TKey>(keys, oldest),
            cancellationToken).ConfigureAwait(false)).Result;

    public async ValueTask<BucketPage<TItem>> ReadPageAsync(BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        try
        {
            return await scope.ReadAsync(
                Asked(span.First == span.Last ? "a bucket" : "a range"),
                (session, token) => reader.ReadPageAsync(session, keys, span, slots, sparse, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (Overflows.Is(scope, error))
        {
            throw Overflows.In(scope, interval, error);
        }
    }

    private Asked Asked(string kind) => new(kind, statements.Table.Name, $"interval '{interval.Name}'");

    public Bucket<TItem> Empty(long start) => new(interval, start, reader.Nothing);

    public Bucket<TItem> Full(in BucketRow<TItem> row) => new(interval, row.Start, reader.Finish(row.Item, row.Start, row.Start), row.Slots);
}

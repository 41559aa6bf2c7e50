using System.Runtime.CompilerServices;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series;

/// <summary>The buckets of one or several keys in one interval, read by a view.</summary>
internal abstract class BucketSource<TItem>
{
    /// <summary>The buckets of a range, ascending.</summary>
    public abstract IAsyncEnumerable<Bucket<TItem>> ReadAsync(RangeRequest range, bool skipEmpty, bool slots, CancellationToken cancellationToken);

    /// <summary>One bucket; nothing when it is dead.</summary>
    public abstract ValueTask<Bucket<TItem>> GetAsync(long at, CancellationToken cancellationToken);

    /// <summary>A whole range as one item.</summary>
    public abstract ValueTask<TItem> CollapseAsync(RangeRequest range, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class BucketSource<TKey, TItem>(StoreScope scope, Interval interval, KeyedSql extent, View<TItem> view, KeySet<TKey> keys) : BucketSource<TItem>
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>Rows fetched before the connection is given back. A loop over a range then pins neither connection nor memory.</summary>
    private const int PageRows = 10_000;

    public override async IAsyncEnumerable<Bucket<TItem>> ReadAsync(
        RangeRequest range, bool skipEmpty, bool slots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        slots &= interval.IsFine;
        if (await ResolveAsync(range, exact: !skipEmpty, cancellationToken).ConfigureAwait(false) is not { } span)
        {
            yield break;
        }

        var next = span.First;
        var more = true;
        while (more)
        {
            var (buckets, resume) = await ReadPageAsync(next, span.Last, slots, cancellationToken).ConfigureAwait(false);
            foreach (var bucket in buckets)
            {
                for (; next < bucket.Start && !skipEmpty; more = interval.Step.TryNext(next, out next))
                {
                    yield return Empty(next);
                }

                yield return Full(bucket);
                more = interval.Step.TryNext(bucket.Start, out next);
            }

            if (resume is null)
            {
                break;
            }

            next = skipEmpty ? resume.Value : next;
        }

        while (more && next <= span.Last && !skipEmpty)
        {
            yield return Empty(next);
            more = interval.Step.TryNext(next, out next);
        }
    }

    public override async ValueTask<Bucket<TItem>> GetAsync(long at, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        var start = interval.BucketOf(at);
        if (!interval.IsLive(start, scope.Now))
        {
            return Empty(start);
        }

        var (buckets, _) = await ReadPageAsync(start, start, slots: false, cancellationToken).ConfigureAwait(false);
        return buckets.Count == 0 ? Empty(start) : Full(buckets[0]);
    }

    public override async ValueTask<TItem> CollapseAsync(RangeRequest range, CancellationToken cancellationToken)
    {
        if (await ResolveAsync(range, exact: view.Finish is not null, cancellationToken).ConfigureAwait(false) is not { } span)
        {
            return view.Nothing;
        }

        var query = new CollapseQuery<TKey, TItem>(keys, view.NewPayload(), span.First, span.Last);
        await ReadAsync(view.Collapse.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
        return view.Finish is { } finish ? finish(query.Result, Seconds(span.First, span.Last)) : query.Result;
    }

    /// <summary>The live buckets of a range; null when there are none.</summary>
    /// <param name="range">The range asked for.</param>
    /// <param name="exact">Whether ends that only the data can tell have to be found out, rather than left open.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    private async ValueTask<BucketSpan?> ResolveAsync(RangeRequest range, bool exact, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        var now = scope.Now;
        var oldest = interval.OldestLive(now);
        var (first, last) = range.Resolve(interval, now);
        if (first is null || last is null)
        {
            if (exact)
            {
                var query = new ExtentQuery<TKey>(keys, oldest);
                await ReadAsync(extent.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
                if (query.Result is not { } held)
                {
                    return null;
                }

                first ??= held.First;
                last ??= held.Last;
            }

            first ??= Instant.Min;
            last ??= Instant.Max;
        }

        var from = Math.Max(first.Value, oldest);
        return from > last.Value ? null : new BucketSpan(from, last.Value);
    }

    private async ValueTask<(List<BucketRow<TItem>> Buckets, long? Resume)> ReadPageAsync(long first, long last, bool slots, CancellationToken cancellationToken)
    {
        for (var limit = PageRows; ; limit = checked(limit * 8))
        {
            var query = new PageQuery<TKey, TItem>(keys, view, slots, first, last, limit);
            var sql = slots && view.Slots is { } withSlots ? withSlots : view.Range;
            await ReadAsync(sql.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
            var buckets = query.End();

            // A bucket with more rows than a page: fetch it again, whole.
            if (buckets.Count > 0 || !query.IsFull)
            {
                long? resume = query.IsFull && interval.Step.TryNext(buckets[^1].Start, out var next) ? next : null;
                return (buckets, resume);
            }
        }
    }

    private async ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken)
    {
        var session = await scope.Database.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        await session.ReadAsync(sql, query, cancellationToken).ConfigureAwait(false);
    }

    private Bucket<TItem> Empty(long start) => new(interval, start, view.Nothing);

    private Bucket<TItem> Full(in BucketRow<TItem> row) =>
        new(interval, row.Start, view.Finish is { } finish ? finish(row.Item, Seconds(row.Start, row.Start)) : row.Item, row.Slots);

    /// <summary>The length from one bucket's start to another's end; the last bucket of time is taken to end with it.</summary>
    private double Seconds(long first, long last) =>
        ((interval.Step.TryNext(last, out var end) ? end : Instant.Max + 1) - first) / (double)Instant.PerSecond;
}

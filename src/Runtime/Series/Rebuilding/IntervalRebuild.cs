using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Rebuilding;

/// <summary>
/// Computes an interval anew from a finer one while others write: a range of keys in a transaction, in which nobody else writes into the interval. What they
/// write before it is in the finer interval by then, and what they write after it is added to what it made.
/// </summary>
internal sealed class IntervalRebuild<TKey>(StoreScope scope, SeriesDefinition series, IntervalPlan target)
    where TKey : struct, ISeriesKey<TKey>
{
    private const int Looked = 16;

    private Interval Interval => target.Interval;

    /// <exception cref="NotSupportedException">The series keeps points, and no buckets.</exception>
    /// <exception cref="ArgumentException">The interval's buckets, or slots, do not hold whole ones of the finer interval.</exception>
    public async ValueTask RunAsync(IntervalPlan from, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        scope.ThrowIfReadOnly();
        if (target.Statements is not RollupStatements own || from.Statements is not RollupStatements finer)
        {
            throw new NotSupportedException($"{series.PointType.Name} is a Series: it keeps its points and no buckets, so there is nothing to rebuild.");
        }

        if (target == from)
        {
            throw new ArgumentException($"Interval '{Interval.Name}' cannot be rebuilt from itself: give a finer one.", nameof(from));
        }

        var now = scope.Now;
        var filled = await ExtentAsync(finer, cancellationToken).ConfigureAwait(false);
        if (filled is not var (oldest, latest))
        {
            return;
        }

        var bySlot = MergesSlots(from, oldest, latest);
        if (await FirstAsync(own, from.Interval, oldest, now, cancellationToken).ConfigureAwait(false) is { } first)
        {
            var statements = new RebuildStatements(own.Rollup, Interval, finer, bySlot, scope.Database.Dialect);
            await RunAsync(statements, first, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask RunAsync(RebuildStatements statements, long first, CancellationToken cancellationToken)
    {
        TKey? after = null;
        do
        {
            var last = await LastKeyAsync(statements, after, cancellationToken).ConfigureAwait(false);
            var parameters = new RangeParameters(after, last, first);
            var replace = statements.Replace(resumes: after is not null, ends: last is not null);
            await scope.ExecuteAsync(
                series.PointType,
                [.. replace.Select((sql, i) => (sql, i < replace.Count - 2 ? (IParameters)new InstantParameters() : parameters))],
                cancellationToken).ConfigureAwait(false);
            after = last;
        }
        while (after is not null);
    }

    private async ValueTask<TKey?> LastKeyAsync(RebuildStatements statements, TKey? after, CancellationToken cancellationToken)
    {
        if (series.Keys.Count == 0)
        {
            return null;
        }

        var sql = statements.LastKey(resumes: after is not null);
        var query = await scope.ReadAsync(new("keys to rebuild", series.Name), sql, () => new LastKeyQuery(after), cancellationToken).ConfigureAwait(false);
        return query.Key;
    }

    /// <summary>The first and the last bucket of all keys that an interval still holds.</summary>
    private async ValueTask<(long First, long Last)?> ExtentAsync(RollupStatements statements, CancellationToken cancellationToken, long from = Instant.Min)
    {
        var query = await scope.ReadAsync(
            new("the first and last buckets", series.Name), statements.Extent.For(0), () => new AllExtentQuery(from), cancellationToken)
            .ConfigureAwait(false);
        return query.Result;
    }

    /// <summary>
    /// The first bucket of which the finer interval holds everything. Where it begins inside a bucket and the interval has older ones, it was declared later,
    /// and this bucket had more.
    /// </summary>
    private async ValueTask<long?> FirstAsync(RollupStatements own, Interval finer, long oldest, long now, CancellationToken cancellationToken)
    {
        var first = Math.Max(Interval.BucketOf(oldest), Interval.OldestLive(now));
        var whole = finer.OldestLive(now);
        var isOlder = first < oldest
            && await ExtentAsync(own, cancellationToken).ConfigureAwait(false) is var (start, _) && start < first;
        return first >= whole && !isOlder ? first : Interval.Step.TryNext(Interval.BucketOf(Math.Max(first, whole)), out var next) ? next : null;
    }

    /// <summary>Whether it takes the finer interval's slots to fill the interval's cells, because its buckets do not fit into them.</summary>
    private bool MergesSlots(IntervalPlan from, long oldest, long latest)
    {
        var finer = from.Interval;
        if (Fits(finer.Step, oldest, latest) is not { } fault)
        {
            return false;
        }

        return finer.IsFine && Fits(finer.Resolution, oldest, latest) is null
            ? true
            : throw new ArgumentException(
                $"'{Interval}' cannot be rebuilt from '{finer}': its cell of {Instant.Text(fault)} begins inside one of '{finer.Name}'.", nameof(from));
    }

    /// <summary>The start of a cell that is none of the finer grid's; null where there is no such cell.</summary>
    private long? Fits(Grid finer, long oldest, long latest) => Misfit(Interval.Step, finer, oldest, latest)
        ?? (Interval.IsFine ? Misfit(Interval.Resolution, finer, oldest, latest) : null);

    private static long? Misfit(Grid grid, Grid finer, long oldest, long latest)
    {
        if (grid == finer)
        {
            return null;
        }

        // A few more than there are, so that what fits by chance once is refused at once. Fixed widths that fit do so always; a zone's clock may have been
        // changed by less than a cell in some year.
        var start = grid.Floor(oldest);
        for (var looked = 0; looked < Looked || (grid is not FixedGrid && start <= latest); looked++)
        {
            if (finer.Floor(start) != start)
            {
                return start;
            }

            if (!grid.TryNext(start, out start))
            {
                break;
            }
        }

        return null;
    }

    private sealed class AllExtentQuery(long from) : IRowQuery
    {
        public (long First, long Last)? Result { get; private set; }

        public void Bind(ParameterWriter parameters) => parameters.Instant(from);

        public bool Row(RowReader row)
        {
            Result = row.IsNull(0) ? null : (row.Instant(0), row.Instant(1));
            return false;
        }
    }

    private sealed class LastKeyQuery(TKey? after) : IRowQuery
    {
        public TKey? Key { get; private set; }

        public void Bind(ParameterWriter parameters)
        {
            if (after is { } key)
            {
                TKey.Write(parameters, key);
            }
        }

        public bool Row(RowReader row)
        {
            Key = TKey.Read(row, 0);
            return false;
        }
    }

    private sealed class RangeParameters(TKey? after, TKey? last, long first) : IParameters
    {
        public void Bind(ParameterWriter parameters)
        {
            if (after is { } before)
            {
                TKey.Write(parameters, before);
            }

            if (last is { } end)
            {
                TKey.Write(parameters, end);
            }

            parameters.Instant(first);
        }
    }
}

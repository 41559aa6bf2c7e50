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

        var grids = new RebuildGrids(Interval, from.Interval);
        if (grids.FindFault(oldest, latest, out var bySlot) is { } fault)
        {
            throw new ArgumentException(fault, nameof(from));
        }

        if (await grids.FirstAsync(oldest, now, ReadStartAsync).ConfigureAwait(false) is { } first)
        {
            var statements = new RebuildStatements(own.Rollup, Interval, finer, bySlot, scope.Database.Dialect);
            await RunAsync(statements, first, cancellationToken).ConfigureAwait(false);
        }

        async ValueTask<long?> ReadStartAsync() => (await ExtentAsync(own, cancellationToken).ConfigureAwait(false))?.First;
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
    private async ValueTask<(long First, long Last)?> ExtentAsync(RollupStatements statements, CancellationToken cancellationToken)
    {
        var query = await scope.ReadAsync(
            new("the first and last buckets", series.Name), statements.Extent.For(0), () => new ExtentQuery<TKey>(keys: null, Instant.Min), cancellationToken)
            .ConfigureAwait(false);
        return query.Result;
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

using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Buckets made by the user's own condense, and join where there is one.</summary>
internal sealed class UnmergedReader<TRead, TItem>(
    Interval interval, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TRead>? join, Func<IReadOnlyList<Slot<TRead>>, TItem> condense)
        : IntervalReader<TItem>(interval)
{
    public override TItem Nothing => condense([]);

    public override async ValueTask<BucketPage<TItem>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        for (var limit = BucketPageSize.First(span); ; limit = BucketPageSize.Larger(limit))
        {
            var query = new UnmergedQuery<TKey, TRead>(keys, rows, join, FirstPosition(span.First),
                LastPosition(span.Last, rows.Layout.LastPosition(Interval, span.Last)), limit);
            await session.ReadAsync(rows.Statement.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
            var buckets = query.End();
            if (buckets.Count > 0 || !query.IsFull)
            {
                var made = buckets.Select(bucket => new BucketRow<TItem>(bucket.Start, condense(bucket.Slots),
                    slots ? bucket.Slots as IReadOnlyList<Slot<TItem>> : null));
                return new([.. made], query.Rows, query.IsFull && Interval.Step.TryNext(buckets[^1].Start, out var next) ? next : null);
            }
        }
    }

    public override ValueTask<TItem> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A range with lambdas of its own is collapsed from its buckets.");
}

/// <summary>
/// Reads a page of unmerged rows: slots whose keys are joined by the user's lambda. Without one, the rows of all keys make one value, as they do in any other
/// read.
/// </summary>
internal sealed class UnmergedQuery<TKey, TRead>(
    KeySet<TKey> keys, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TRead>? join, long first, long last, int limit) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly BucketAccumulator<TRead>[] _accumulators = [.. Enumerable.Range(0, join is null ? 1 : keys.Count).Select(_ => rows.NewAccumulator())];
    private readonly bool[] _filled = new bool[join is null ? 1 : keys.Count];
    private readonly List<(long Start, IReadOnlyList<Slot<TRead>> Slots)> _buckets = [];
    private List<Slot<TRead>> _slots = [];
    private long _currentBucket;
    private long _currentSlot;
    private int _rows;

    public int Rows => _rows;

    public bool IsFull => _rows == limit;

    public void Bind(ParameterWriter parameters)
    {
        keys.Bind(parameters);
        parameters.Instant(first);
        parameters.Instant(last);
        parameters.Int64(limit);
    }

    public bool Row(RowReader row)
    {
        var (bucket, slot) = (rows.Layout.Bucket(row), rows.Layout.Slot(row));
        if (_rows++ > 0 && (bucket != _currentBucket || slot != _currentSlot))
        {
            EndSlot();
            if (bucket != _currentBucket)
            {
                EndBucket();
            }
        }

        (_currentBucket, _currentSlot) = (bucket, slot);
        var key = join is null ? 0 : (int)rows.Layout.Key(row) - 1;
        _accumulators[key].Add(row, rows.Layout.Content, merged: false);
        _filled[key] = true;
        return true;
    }

    public List<(long Start, IReadOnlyList<Slot<TRead>> Slots)> End()
    {
        if (_rows > 0 && !IsFull)
        {
            EndSlot();
            EndBucket();
        }

        return _buckets;
    }

    private void EndSlot()
    {
        var values = new TRead[_accumulators.Length];
        for (var key = 0; key < values.Length; key++)
        {
            values[key] = _filled[key] ? _accumulators[key].Take() : _accumulators[key].Nothing;
            _filled[key] = false;
        }

        _slots.Add(new(Instant.ToDateTimeOffset(_currentSlot), join is null ? values[0] : join(values)));
    }

    private void EndBucket()
    {
        _buckets.Add((_currentBucket, _slots));
        _slots = [];
    }
}

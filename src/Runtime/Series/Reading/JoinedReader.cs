using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Buckets made of the values of their keys by the user's own join.</summary>
/// <param name="interval">The interval.</param>
/// <param name="rows">How its rows are read.</param>
/// <param name="join">The join.</param>
/// <param name="keyCount">How many keys there are.</param>
internal sealed class JoinedReader<TRead, TItem>(Interval interval, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TItem> join, int keyCount)
    : IntervalReader<TItem>(interval)
{
    public override TItem Nothing
    {
        get
        {
            var empty = new TRead[keyCount];
            Array.Fill(empty, rows.NewAccumulator().Nothing);
            return join(empty);
        }
    }

    public override async ValueTask<BucketPage<TItem>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        var (first, last) = (FirstPosition(span.First), LastPosition(span.Last, rows.Layout.LastPosition(Interval, span.Last)));
        for (var limit = BucketPageSize.First(span); ; limit = BucketPageSize.Larger(limit))
        {
            var query = new JoinedQuery<TKey, TRead, TItem>(keys, rows, join, first, last, limit);
            await session.ReadAsync(rows.Statement.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
            var buckets = query.End();
            if (buckets.Count > 0 || !query.IsFull)
            {
                return new(buckets, query.Rows, query.IsFull && Interval.Step.TryNext(buckets[^1].Start, out var next) ? next : null);
            }
        }
    }

    public override ValueTask<TItem> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A range with lambdas of its own is collapsed from its buckets.");
}

/// <summary>Reads a page of rows of several keys, of which only whole buckets are kept.</summary>
internal sealed class JoinedQuery<TKey, TRead, TItem>(
    KeySet<TKey> keys, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TItem> join, long first, long last, int limit) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly BucketAccumulator<TRead>[] _accumulators = [.. Enumerable.Range(0, keys.Count).Select(_ => rows.NewAccumulator())];
    private readonly bool[] _filled = new bool[keys.Count];
    private readonly List<BucketRow<TItem>> _buckets = [];
    private long _bucket;
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
        var bucket = rows.Layout.Bucket(row);
        if (_rows++ > 0 && bucket != _bucket)
        {
            EndBucket();
        }

        _bucket = bucket;
        var key = (int)rows.Layout.Key(row) - 1;
        _accumulators[key].Add(row, rows.Layout.Content, merged: false);
        _filled[key] = true;
        return true;
    }

    public List<BucketRow<TItem>> End()
    {
        if (_rows > 0 && !IsFull)
        {
            EndBucket();
        }

        return _buckets;
    }

    private void EndBucket()
    {
        var values = new TRead[_accumulators.Length];
        for (var key = 0; key < values.Length; key++)
        {
            values[key] = _filled[key] ? _accumulators[key].Take() : _accumulators[key].Nothing;
            _filled[key] = false;
        }

        _buckets.Add(new(_bucket, join(values), Slots: null));
    }
}

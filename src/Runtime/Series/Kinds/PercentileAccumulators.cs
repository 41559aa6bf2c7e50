using System.Runtime.InteropServices;

namespace Typed.Series.Kinds;

/// <summary>Percentiles that the database found: one row each.</summary>
internal sealed class PercentileAccumulator<TValue, TColumn, TItem>(int percentiles, Func<TValue, TItem> make) : BucketAccumulator<IReadOnlyList<TItem>>
    where TColumn : struct, IColumn<TValue>
{
    private IReadOnlyList<TItem> _taken = [];

    public override IReadOnlyList<TItem> Nothing { get; } = new TItem[percentiles];

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var items = new TItem[percentiles];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = make(TColumn.Read(row, ordinal + i));
        }

        _taken = items;
    }

    public override IReadOnlyList<TItem> Take() => _taken;
}

/// <summary>Values with their counts, in the order in which they come.</summary>
internal sealed class TopAccumulator<TValue, TColumn> : BucketAccumulator<IReadOnlyList<KeyValuePair<TValue, long>>>
    where TColumn : struct, IColumn<TValue>
{
    private List<KeyValuePair<TValue, long>> _taken = [];

    public override IReadOnlyList<KeyValuePair<TValue, long>> Nothing => [];

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var value = TColumn.Read(row, ordinal++);
        _taken.Add(new(value, merged ? row.IntegerSum(ref ordinal) : row.Int64(ordinal)));
    }

    public override IReadOnlyList<KeyValuePair<TValue, long>> Take()
    {
        var taken = _taken;
        _taken = [];
        return taken;
    }
}

/// <summary>Percentiles of entries, each value once. Nothing is kept of a bucket but the answer.</summary>
internal sealed class RankingAccumulator<TValue, TColumn, TItem>(double[] percentiles, Func<TValue, TItem> make) : BucketAccumulator<IReadOnlyList<TItem>>
    where TColumn : struct, IColumn<TValue>
{
    private readonly List<TValue> _values = [];
    private readonly List<long> _counts = [];
    private bool _ascending = true;

    public override IReadOnlyList<TItem> Nothing { get; } = new TItem[percentiles.Length];

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var value = TColumn.Read(row, ordinal++);

        // Texts of decimals do not come in the order of numbers.
        _ascending &= _values.Count == 0 || TColumn.Compare(_values[^1], value) < 0;
        _values.Add(value);
        _counts.Add(merged ? row.IntegerSum(ref ordinal) : row.Int64(ordinal));
    }

    public override IReadOnlyList<TItem> Take()
    {
        var values = CollectionsMarshal.AsSpan(_values);
        var running = CollectionsMarshal.AsSpan(_counts);
        if (!_ascending)
        {
            values.Sort(running, TColumn.Compare);
        }

        for (var i = 1; i < running.Length; i++)
        {
            running[i] = checked(running[i] + running[i - 1]);
        }

        var items = new TItem[percentiles.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var place = running.BinarySearch(NearestRank.Of(percentiles[i], 100, running[^1]));
            items[i] = make(values[place < 0 ? ~place : place]);
        }

        _values.Clear();
        _counts.Clear();
        _ascending = true;
        return items;
    }
}

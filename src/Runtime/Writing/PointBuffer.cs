using Typed.Time;

namespace Typed.Writing;

/// <summary>Accepted points of one declared type as typed columns: key numbers, instants and values.</summary>
internal abstract class PointBuffer<TKey, TValue>(SeriesDefinition series)
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly KeyTable<TKey> _table = new();
    private readonly List<int> _keys = [];
    private readonly List<long> _instants = [];
    private readonly List<TValue> _values = [];
    private (TKey[] Sorted, int[] Ranks)? _sorted;

    protected SeriesDefinition Series => series;

    public int Count => _keys.Count;

    public ReadOnlySpan<int> Keys => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_keys);

    public ReadOnlySpan<long> Instants => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_instants);

    public ReadOnlySpan<TValue> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

    public TKey[] SortedKeys => (_sorted ??= _table.Sort()).Sorted;

    /// <summary>For each key number its place among <see cref="SortedKeys"/>.</summary>
    public int[] Ranks => (_sorted ??= _table.Sort()).Ranks;

    /// <summary>Checks a point and takes it.</summary>
    /// <exception cref="RejectedPointException">The key, the value or the time cannot be stored.</exception>
    public void Add(in TKey key, TValue value, long instant)
    {
        if (instant > Series.LastTime)
        {
            throw new RejectedPointException(
                Series.TimeMember ?? "at",
                $"the bucket that holds {Instant.Text(instant)} would end after year 9999; the last time with a whole bucket in every interval is "
                    + $"{Instant.Text(Series.LastTime)}");
        }

        var accepted = Accept(value);
        _keys.Add(_table.Number(key));
        _instants.Add(instant);
        _values.Add(accepted);
    }

    /// <summary>Checks a value and gives it as it will be read back.</summary>
    protected abstract TValue Accept(TValue value);
}

/// <summary>A buffer whose values are stored in a <typeparamref name="TColumn"/>.</summary>
internal sealed class PointBuffer<TKey, TValue, TColumn>(SeriesDefinition series) : PointBuffer<TKey, TValue>(series)
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
{
    /// <summary>Values of Histogram and Set are part of a primary key, whose entries have to fit an index page.</summary>
    private const int MaxIndexedBytes = 1024;

    private bool IsIndexed => Series.Type is SeriesType.Histogram or SeriesType.Set;

    protected override TValue Accept(TValue value)
    {
        if (TColumn.Refusal(value) is { } reason)
        {
            throw new RejectedPointException(Series.Value.Member, reason);
        }

        if (IsIndexed && TColumn.SizeOf(value) is > MaxIndexedBytes and var size)
        {
            throw new RejectedPointException(
                Series.Value.Member,
                string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"the value takes {size} bytes; a {Series.Type} value takes at most {MaxIndexedBytes}"));
        }

        return TColumn.Normalize(value);
    }
}

using Typed.Time;

namespace Typed.Series.Kinds;

/// <summary>A Series' bucket: the values, slot after slot, in a slot key after key, and of one key in write order.</summary>
internal sealed class PointAccumulator<TValue, TColumn>(Interval interval) : BucketAccumulator<IReadOnlyList<TValue>>
    where TColumn : struct, IColumn<TValue>
{
    private readonly List<Place> _places = [];
    private readonly List<TValue> _values = [];
    private bool _ordered = true;

    public override IReadOnlyList<TValue> Nothing => [];

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var time = row.Instant(ordinal);
        var place = new Place(interval.BucketOf(time), interval.SlotOf(time), row.Int64(ordinal + 1), row.Int64(ordinal + 2));
        _ordered &= _places.Count == 0 || _places[^1].CompareTo(place) <= 0;
        _places.Add(place);
        _values.Add(TColumn.Read(row, ordinal + 3));
    }

    public override IReadOnlyList<TValue> Take()
    {
        TValue[] values = [.. _values];
        if (!_ordered)
        {
            Array.Sort([.. _places], values);
        }

        _places.Clear();
        _values.Clear();
        _ordered = true;
        return values;
    }

    private readonly record struct Place(long Bucket, long Slot, long Key, long Sequence) : IComparable<Place>
    {
        public int CompareTo(Place other)
        {
            var order = Bucket.CompareTo(other.Bucket);
            order = order == 0 ? Slot.CompareTo(other.Slot) : order;
            order = order == 0 ? Key.CompareTo(other.Key) : order;
            return order == 0 ? Sequence.CompareTo(other.Sequence) : order;
        }
    }
}

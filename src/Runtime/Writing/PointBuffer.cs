using System.Globalization;
using System.Runtime.InteropServices;
using Typed.Time;
using Typed.Values;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>Accepted points of one declared type as typed columns: keys, instants and values.</summary>
internal abstract class PointBuffer<TKey, TValue>(SeriesDefinition series)
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly List<TKey> _keys = [];
    private readonly List<long> _instants = [];
    private readonly List<TValue> _values = [];
    private readonly List<long> _weights = [];

    protected SeriesDefinition Series => series;

    public int Count => _keys.Count;

    public ReadOnlySpan<TKey> Keys => CollectionsMarshal.AsSpan(_keys);

    public ReadOnlySpan<long> Instants => CollectionsMarshal.AsSpan(_instants);

    public ReadOnlySpan<TValue> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>How many points each stands for; empty where each stands for itself.</summary>
    public ReadOnlySpan<long> Weights => CollectionsMarshal.AsSpan(_weights);

    /// <summary>Checks a point and takes it.</summary>
    /// <exception cref="RejectedPointException">The key, the value or the time cannot be stored.</exception>
    public void Add(in TKey key, TValue value, long instant, long weight = 1)
    {
        var (acceptedKey, acceptedValue) = Accept(key, value, instant, weight);
        AddAccepted(acceptedKey, acceptedValue, instant, weight);
    }

    /// <summary>Takes a point that was checked.</summary>
    public void AddAccepted(in TKey key, TValue value, long instant, long weight)
    {
        if (weight != 1 || _weights.Count > 0)
        {
            Weigh(weight);
        }

        _keys.Add(key);
        _instants.Add(instant);
        _values.Add(value);
    }

    /// <summary>Forgets the first points.</summary>
    public void RemoveFirst(int count)
    {
        _keys.RemoveRange(0, count);
        _instants.RemoveRange(0, count);
        _values.RemoveRange(0, count);
        if (_weights.Count > 0)
        {
            _weights.RemoveRange(0, count);
        }
    }

    /// <summary>Forgets the points from one on.</summary>
    public void CutTo(int count)
    {
        _keys.RemoveRange(count, _keys.Count - count);
        _instants.RemoveRange(count, _instants.Count - count);
        _values.RemoveRange(count, _values.Count - count);
        if (_weights.Count > count)
        {
            _weights.RemoveRange(count, _weights.Count - count);
        }
    }

    /// <summary>Forgets the points and keeps the memory.</summary>
    public void Clear()
    {
        _keys.Clear();
        _instants.Clear();
        _values.Clear();
        _weights.Clear();
    }

    /// <summary>Checks a point, and gives its key and its value as they will be read back. Touches nothing of the buffer.</summary>
    /// <exception cref="RejectedPointException">The key, the value or the time cannot be stored.</exception>
    public (TKey Key, TValue Value) Accept(in TKey key, TValue value, long instant, long weight)
    {
        if (weight < 1)
        {
            throw new RejectedPointException("count", string.Create(CultureInfo.InvariantCulture, $"{weight} is below 1: a point stands for one or more"));
        }

        if (instant > Series.LastTime)
        {
            throw new RejectedPointException(
                Series.TimeMember ?? "at",
                $"the bucket that holds {Instant.Text(instant)} would end after year 9999; the last time with a whole bucket in every interval is "
                    + $"{Instant.Text(Series.LastTime)}");
        }

        var accepted = Accept(value);
        return (TKey.Accept(key), accepted);
    }

    /// <summary>Writes an accepted value.</summary>
    public abstract void WriteValue(RecordWriter record, TValue value);

    /// <summary>Reads what <see cref="WriteValue"/> wrote.</summary>
    public abstract TValue ReadValue(RecordReader record, int ordinal);

    /// <summary>Takes the weight of the next point; the first that is not 1 gives those before it theirs.</summary>
    private void Weigh(long weight)
    {
        if (_weights.Count < _keys.Count)
        {
            CollectionsMarshal.SetCount(_weights, _keys.Count);
            CollectionsMarshal.AsSpan(_weights).Fill(1);
        }

        _weights.Add(weight);
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

    public override void WriteValue(RecordWriter record, TValue value) => TColumn.Write(record, value);

    public override TValue ReadValue(RecordReader record, int ordinal) => TColumn.Read(record, ordinal);

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
                string.Create(CultureInfo.InvariantCulture,
                    $"the value takes {size} bytes; a {Series.Type} value takes at most {MaxIndexedBytes}"));
        }

        return TColumn.Normalize(Series.Digits == 0 ? value : Round(value));
    }

    private TValue Round(TValue value)
    {
        try
        {
            return SignificantDigits.Round(value, Series.Digits);
        }
        catch (OverflowException)
        {
            throw new RejectedPointException(
                Series.Value.Member,
                string.Create(CultureInfo.InvariantCulture, $"{value} rounded to {Series.Digits} digits (Digits) is beyond {typeof(TValue).Name}"));
        }
    }
}

using Typed.Time;

namespace Typed;

/// <summary>A bucket: its place on the interval's grid, and what it holds.</summary>
/// <typeparam name="T">What a read of the series gives.</typeparam>
public readonly struct Bucket<T>
{
    private readonly Interval? _interval;
    private readonly long _start;
    private readonly IReadOnlyList<Slot<T>>? _slots;

    internal Bucket(Interval interval, long start, T value, IReadOnlyList<Slot<T>>? slots = null)
    {
        _interval = interval;
        _start = start;
        Value = value;
        _slots = slots;
    }

    /// <summary>The first instant of the bucket, in UTC.</summary>
    public DateTimeOffset Start => Instant.ToDateTimeOffset(_start);

    /// <summary>The start of the next bucket, in UTC; exclusive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bucket is the last one: its end lies beyond year 9999.</exception>
    public DateTimeOffset End => Instant.ToDateTimeOffset(Interval.Step.End(_start));

    /// <summary>
    /// The bucket's integer name: <c>20260321</c> daily, <c>202612</c> weekly (ISO 8601 week-year and week), <c>202603</c> monthly, <c>2026</c> yearly,
    /// and the number of the width since 1970-01-01T00:00Z for fixed widths.
    /// </summary>
    public long Label => Interval.Step.Label(_start);

    /// <summary>What the bucket holds; of a fine interval, its slots merged.</summary>
    public T Value { get; }

    /// <summary>The slots that hold data, ascending; filled by <c>WithSlots()</c> on a fine interval, otherwise empty.</summary>
    public IReadOnlyList<Slot<T>> Slots => _slots ?? [];

    /// <summary>Start and value.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Start:u} {Value}");

    /// <summary>The start in microseconds since 1970-01-01T00:00:00Z.</summary>
    internal long StartInstant => _start;

    /// <summary>The same bucket with another value.</summary>
    internal Bucket<TOther> With<TOther>(TOther value) => new(_interval!, _start, value);

    /// <summary>The interval or, of a resampled range, its coarser grid.</summary>
    internal Interval Interval =>
        _interval ?? throw new InvalidOperationException("This is default(Bucket<T>), which no interval holds: it has no end and no label.");
}

/// <summary>A slot: a cell of the resolution grid inside a bucket.</summary>
/// <typeparam name="T">What a read of the series gives.</typeparam>
/// <param name="Start">The first instant of the slot, in UTC. Where the grids do not nest, it may lie before the bucket's start.</param>
/// <param name="Value">What the slot holds.</param>
public readonly record struct Slot<T>(DateTimeOffset Start, T Value);

using System.Buffers.Binary;

namespace Typed.Streams.Reading;

/// <summary>A range of ids, both ends included: every range of time and every continuation after an id is one.</summary>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
internal readonly record struct IdRange(UInt128 Low, UInt128 High)
{
    public static readonly IdRange All = new(UInt128.MinValue, UInt128.MaxValue);

    /// <summary>One id.</summary>
    public static IdRange Single(Guid id) => new(ToNumber(id), ToNumber(id));

    private static readonly DateTimeOffset s_earliest = DateTimeOffset.UnixEpoch;

    public bool IsEmpty => Low > High;

    public Guid LowId => ToGuid(Low);

    public Guid HighId => ToGuid(High);

    /// <summary>The ids from a time on, that time included. A time before 1970 leaves nothing out.</summary>
    public IdRange From(DateTimeOffset time) => time < s_earliest ? this : this with { Low = UInt128.Max(Low, ToNumber(EventId.First(time))) };

    /// <summary>The ids up to a time, that time included. Before 1970 there are none.</summary>
    public IdRange Until(DateTimeOffset time) => time < s_earliest ? Nothing : this with { High = UInt128.Min(High, ToNumber(EventId.Last(time))) };

    /// <summary>The ids before a time.</summary>
    public IdRange Before(DateTimeOffset time) => time <= s_earliest ? Nothing : this with { High = UInt128.Min(High, ToNumber(EventId.First(time)) - 1) };

    /// <summary>The ids after an id in the direction of reading.</summary>
    public IdRange After(Guid id, bool descending)
    {
        var number = ToNumber(id);
        return descending
            ? number == UInt128.MinValue ? Nothing : this with { High = UInt128.Min(High, number - 1) }
            : number == UInt128.MaxValue ? Nothing : this with { Low = UInt128.Max(Low, number + 1) };
    }

    private static IdRange Nothing => new(UInt128.MaxValue, UInt128.MinValue);

    private static UInt128 ToNumber(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static Guid ToGuid(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new Guid(bytes, bigEndian: true);
    }
}

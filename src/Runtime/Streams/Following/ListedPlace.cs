using System.Buffers.Binary;

namespace Typed.Streams.Following;

/// <summary>
/// Where an event stands that is listed among those of its order. Positions hold it in place of an event's id, as a UUID that comes after all ids: two bytes
/// of ones, six of the list's number, eight of the place.
/// </summary>
/// <param name="List">The number of the list; later lists have higher ones. 0: before the first.</param>
/// <param name="Place">The place in the list, from 1.</param>
internal readonly record struct ListedPlace(long List, long Place)
{
    private const int IdBytes = 16;
    private const int ListBytes = 6;
    private const ulong ListMask = (1UL << (8 * ListBytes)) - 1;

    /// <summary>The place that a position holds; before the first list where it holds the id of an event.</summary>
    public static ListedPlace Of(StreamPosition position)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        position.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        var head = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        return head >> (8 * ListBytes) == ushort.MaxValue
            ? new((long)(head & ListMask), (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]), long.MaxValue))
            : default;
    }

    /// <summary>The place as it stands in a position.</summary>
    public Guid ToId()
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)List & ListMask) | ~ListMask);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(ulong)..], Place);
        return new(bytes, bigEndian: true);
    }
}

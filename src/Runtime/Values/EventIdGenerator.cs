using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Typed.Values;

/// <summary>
/// Draws ids. The counter belongs to the process, not to a tick: it never goes back, so ids of one time order by the moment they were drawn,
/// whatever other times came between and however the clock steps. Lock-free.
/// </summary>
/// <remarks>
/// The counter has 30 bits. After 2^30 ids of a process it starts again at zero, and two ids of one time on the two sides of that
/// seam order the other way round; nothing in 30 bits can prevent that. What must not happen is that they are equal, since an id that
/// exists is not stored again: so the node bits move on at the seam, and a block never lies across it, which keeps a batch in order.
/// </remarks>
internal sealed class EventIdGenerator
{
    public const int CounterBits = 30;

    private const long Counters = 1L << CounterBits;
    private const long Mask = Counters - 1;

    private readonly long _node;
    private long _next;

    /// <summary>Creates a generator of its own for a test; the library uses <see cref="Shared"/>.</summary>
    /// <param name="node">30 bits that tell this process from others.</param>
    /// <param name="next">The first counter; ids drawn before.</param>
    public EventIdGenerator(int node, long next = 0)
    {
        _node = node & Mask;
        _next = next;
    }

    /// <summary>The generator of this process.</summary>
    public static EventIdGenerator Shared { get; } = new(RandomNode());

    /// <summary>Draws one id.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public EventId Next(DateTimeOffset time)
    {
        var ticks = IdLayout.Ticks(time);
        return Reserve(1).Id(0, ticks);
    }

    /// <summary>Reserves ids for a batch, to be used in its order: one step for the whole batch.</summary>
    /// <param name="count">1 … 2^30.</param>
    public Block Reserve(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Counters);
        while (true)
        {
            var next = Volatile.Read(ref _next);
            var start = (next & Mask) + count > Counters ? (next | Mask) + 1 : next;
            if (Interlocked.CompareExchange(ref _next, start + count, next) == next)
            {
                // Any odd step visits every node before one repeats.
                var node = (_node + ((start >> CounterBits) * 0x2545F491L)) & Mask;
                return new Block(((ulong)(start & Mask) << CounterBits) | (ulong)node);
            }
        }
    }

    private static int RandomNode()
    {
        Span<byte> bytes = stackalloc byte[4];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>Counters in a row.</summary>
    public readonly struct Block(ulong tail)
    {
        /// <summary>The id of the <paramref name="index"/>th event of the batch at <paramref name="ticks"/>, units of 100 ns since 1970.</summary>
        public EventId Id(int index, long ticks) => EventId.Stored(IdLayout.Create(ticks, tail + ((ulong)index << CounterBits)));
    }
}

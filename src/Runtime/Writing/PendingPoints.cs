using Typed.Time;

namespace Typed.Writing;

/// <summary>Points that wait to be written.</summary>
internal sealed class PendingPoints<TKey, TValue> : PendingWrite
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly PointBuffer<TKey, TValue> _buffer;
    private readonly int? _count;
    private int _start;

    public PendingPoints(PointLane<TKey, TValue> lane, PointBuffer<TKey, TValue> buffer, WriteMode mode, StoreWriter? writer)
        : base(lane, mode, writer) => _buffer = buffer;

    private PendingPoints(PendingPoints<TKey, TValue> parent, int start, int count)
        : base(parent) => (_buffer, _start, _count) = (parent._buffer, start, count);

    public override int Count => _count ?? _buffer.Count - _start;

    public ReadOnlySpan<TKey> Keys => _buffer.Keys.Slice(_start, Count);

    public ReadOnlySpan<long> Instants => _buffer.Instants.Slice(_start, Count);

    public ReadOnlySpan<TValue> Values => _buffer.Values.Slice(_start, Count);

    /// <summary>How many points each stands for; empty where each stands for itself.</summary>
    public ReadOnlySpan<long> Weights => _buffer.Weights is { IsEmpty: false } weights ? weights.Slice(_start, Count) : [];

    public void Append(in AcceptedPoint<TKey, TValue> point) => _buffer.AddAccepted(point.Key, point.Value, point.Instant, point.Weight);

    public override PendingWrite Slice(int start, int count) => new PendingPoints<TKey, TValue>(this, _start + start, count);

    public override int HashAt(int index) => ((PointLane<TKey, TValue>)Lane).HashOf(Keys[index]);

    public override UnwrittenItem ItemAt(int index, Exception error, bool mayBeWritten) =>
        new UnwrittenPoint<TKey, TValue>(
            Lane.Type,
            TKey.InNamespace(Keys[index], seriesNamespace: null),
            Values[index],
            Instant.ToDateTimeOffset(Instants[index]),
            error,
            mayBeWritten)
        {
            Namespace = TKey.NamespaceOf(Keys[index]),
            Count = Weights is { IsEmpty: false } weights ? weights[index] : 1,
        };

    public override void DropFirst()
    {
        // The memory in front is used again once it is the greater part, so that dropping takes no time and no memory.
        if (++_start * 2 >= _buffer.Count)
        {
            _buffer.RemoveFirst(_start);
            RemoveSpooled(_start);
            _start = 0;
        }
    }

    protected override int First => _start;

    protected override void Clear()
    {
        _buffer.Clear();
        _start = 0;
    }
}

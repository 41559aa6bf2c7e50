using Typed.Streams.Json;
using Typed.Writing;

namespace Typed.Streams.Writing;

/// <summary>Events that wait to be written.</summary>
internal sealed class PendingEvents<TBody> : PendingWrite
    where TBody : IEventBody<TBody>
{
    private readonly EventBatch<TBody> _batch;
    private readonly int? _count;
    private int _start;

    public PendingEvents(EventLane<TBody> lane, EventBatch<TBody> batch, WriteMode mode, StoreWriter? writer)
        : base(lane, mode, writer) => _batch = batch;

    private PendingEvents(PendingEvents<TBody> parent, int start, int count)
        : base(parent) => (_batch, _start, _count) = (parent._batch, start, count);

    public override int Count => _count ?? _batch.Count - _start;

    public override long Bytes => _batch.Bytes;

    public bool AreNew => _batch.AreNew;

    public override bool Feeds => _batch.Feeds is not null;

    public override IEnumerable<WriteLane> FedLanes => _batch.Feeds?.Lanes ?? [];

    // Which of the events with given ids are new is known once they are stored.
    public override bool FeedsLate => !AreNew;

    public EventId IdAt(int index) => _batch.Id(_start + index);

    public ReadOnlyMemory<byte> BodyAt(int index) => _batch.Body(_start + index);

    public override IEnumerable<PendingWrite> Fed()
    {
        if (_batch.Feeds is not { } feeds)
        {
            return [];
        }

        return AreNew ? feeds.Slice(_start, Count)
            : Divide(index => _batch.New[_start + index]).Where(part => part.IsChosen)
                .SelectMany(part => feeds.Slice(((PendingEvents<TBody>)part.Part)._start, part.Part.Count));
    }

    /// <summary>Says whether the event of a place was stored, or known before; of posted events that feed nothing nobody asks.</summary>
    public void SetNew(int index, bool isNew)
    {
        if (Mode == WriteMode.Call || _batch.Feeds is not null)
        {
            _batch.SetNew(_start + index, isNew);
        }
    }

    public void Append(in AcceptedEvent accepted) => _batch.Add(accepted);

    public override PendingWrite Slice(int start, int count) => new PendingEvents<TBody>(this, _start + start, count);

    // Events wait for no rows of each other; a lock can only be one on the table.
    public override int HashAt(int index) => Lane.GetHashCode();

    public override UnwrittenItem ItemAt(int index, Exception error, bool mayBeWritten) =>
        new UnwrittenEvent<TBody>(IdAt(index), BodyText.Read<TBody>(BodyAt(index).Span)!, error, mayBeWritten);

    public override void DropFirst()
    {
        if (++_start * 2 >= _batch.Count)
        {
            _batch.RemoveFirst(_start);
            RemoveSpooled(_start);
            _start = 0;
        }
    }

    protected override int First => _start;

    protected override void Clear()
    {
        _batch.Clear();
        _start = 0;
    }
}

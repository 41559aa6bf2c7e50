using Typed.Cli.Reading;
using Typed.Cli.Transfer;
using Typed.Storage;
using Typed.Writing;
using Typed.Writing.Spool;

namespace Typed.Cli.Spools;

/// <summary>An event of a spool.</summary>
internal readonly record struct SpooledEvent(Guid Id, byte[] Body);

/// <summary>The events of a spool of one stream in one namespace. Of an event that is stored already the stored one stays.</summary>
internal sealed class SpooledEventLane(EventTable table, string streamNamespace, string layout) : WriteLane<SpooledEvent>
{
    private readonly WriteTable _write = EventImport.WriteTableOf(table);

    public override Type Type => typeof(SpooledEvent);

    public override KeyValuePair<string, object?> Tag { get; } = new("typed.stream", table.Stream.Name);

    public override string SpoolLayout => layout;

    public override int HashOf(in SpooledEvent item) => layout.GetHashCode(StringComparison.Ordinal);

    public override PendingWrite NewPosted(StoreWriter writer) => new PendingSpooledEvents(this, [], writer);

    public override void Append(PendingWrite posted, in SpooledEvent item) => ((PendingSpooledEvents)posted).Append(item);

    public override string? Unfit(string layout) => null;

    public override void Write(RecordWriter record, in SpooledEvent item)
    {
        record.Guid(item.Id);
        record.Json(item.Body, table.Stream.Body);
    }

    public override SpooledEvent Read(RecordReader record) => new(record.Guid(0), record.Json(1).ToArray());

    public override void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables)
    {
        ImportEvent[] events =
        [
            .. writes.Cast<PendingSpooledEvents>().SelectMany(write => write.Events).DistinctBy(one => one.Id).OrderBy(one => one.Id)
                .Select(one => new ImportEvent(one.Id, Version: 1, one.Body, Line: 0)),
        ];
        tables.Add(new ImportRows(_write, table.Stream.Body, streamNamespace, events, areNew: false));
    }
}

/// <summary>Events of a spool that wait to be written.</summary>
internal sealed class PendingSpooledEvents : PendingWrite
{
    private readonly List<SpooledEvent> _events;
    private readonly int? _count;
    private readonly int _start;

    public PendingSpooledEvents(SpooledEventLane lane, List<SpooledEvent> events, StoreWriter writer)
        : base(lane, WriteMode.Posted, writer) => _events = events;

    private PendingSpooledEvents(PendingSpooledEvents parent, int start, int count)
        : base(parent) => (_events, _start, _count) = (parent._events, start, count);

    public override int Count => _count ?? _events.Count;

    public IEnumerable<SpooledEvent> Events => _events.GetRange(_start, Count);

    public void Append(SpooledEvent one) => _events.Add(one);

    public override PendingWrite Slice(int start, int count) => new PendingSpooledEvents(this, _start + start, count);

    public override int HashAt(int index) => Lane.GetHashCode();

    public override UnwrittenItem ItemAt(int index, Exception error, bool mayBeWritten) => new UnwrittenPoint<string, string>(
        Lane.Type, _events[_start + index].Id.ToString(), System.Text.Encoding.UTF8.GetString(_events[_start + index].Body), default, error, mayBeWritten);

    public override void DropFirst() => throw new NotSupportedException("Nothing is dropped here.");

    protected override int First => _start;

    protected override void Clear() => _events.Clear();
}

using Typed.Generated;
using Typed.Storage;
using Typed.Writing;
using Typed.Writing.Spool;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>An item with a key.</summary>
internal readonly record struct Item(string Key, long Id);

/// <summary>Items of one table.</summary>
internal sealed class SimulatedLane(string name) : WriteLane<Item>
{
    private readonly WriteTable _table = new(schema: null, name, [], WriteConflict.Append);

    /// <summary>The bytes that each item is said to take.</summary>
    public long ItemBytes { get; init; }

    public override Type Type => typeof(Item);

    public override KeyValuePair<string, object?> Tag { get; } = new("typed.series", name);

    public override int HashOf(in Item item) => HashCode.Combine(name, item.Key);

    public override PendingWrite NewPosted(StoreWriter writer) => new SimulatedWrite(this, [], WriteMode.Posted, writer);

    public override void Append(PendingWrite posted, in Item item) => ((SimulatedWrite)posted).Append(item);

    public override string SpoolLayout => $"simulated: {name}";

    public override string? Unfit(string layout) => null;

    public override void Write(RecordWriter record, in Item item)
    {
        record.Text(item.Key);
        record.Int64(item.Id);
    }

    public override Item Read(RecordReader record) => new(record.Text(0), record.Int64(1));

    public override void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables) =>
        tables.Add(new SimulatedRows(_table, [.. writes.Cast<SimulatedWrite>().SelectMany(write => write.Items)]));
}

internal sealed class SimulatedWrite : PendingWrite
{
    private readonly List<Item> _items;
    private readonly int? _count;
    private int _start;

    public SimulatedWrite(SimulatedLane lane, List<Item> items, WriteMode mode, StoreWriter writer)
        : base(lane, mode, writer) => _items = items;

    private SimulatedWrite(SimulatedWrite parent, int start, int count)
        : base(parent) => (_items, _start, _count) = (parent._items, start, count);

    public override int Count => _count ?? _items.Count - _start;

    public override long Bytes => Count * ((SimulatedLane)Lane).ItemBytes;

    public IEnumerable<Item> Items => _items.GetRange(_start, Count);

    public void Append(Item item) => _items.Add(item);

    public override PendingWrite Slice(int start, int count) => new SimulatedWrite(this, _start + start, count);

    public override int HashAt(int index) => ((SimulatedLane)Lane).HashOf(_items[_start + index]);

    public override UnwrittenItem ItemAt(int index, Exception error, bool mayBeWritten) =>
        new UnwrittenPoint<string, long>(typeof(Item), _items[_start + index].Key, _items[_start + index].Id, default, error, mayBeWritten);

    public override void DropFirst() => _start++;

    protected override int First => _start;

    protected override void Clear()
    {
        _items.Clear();
        _start = 0;
    }
}

internal sealed class SimulatedRows(WriteTable table, IReadOnlyList<Item> items) : ITableRows
{
    public WriteTable Table => table;

    public IReadOnlyList<Item> Items => items;

    public int Count => items.Count;

    public bool AreNew => true;

    public string? Added => null;

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays) => throw new NotSupportedException();

    public void WriteRow(ParameterWriter parameters, int row) => throw new NotSupportedException();
}

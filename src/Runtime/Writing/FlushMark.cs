using Typed.Storage;

namespace Typed.Writing;

/// <summary>A write of nothing: it ends when everything before it in its queue is done.</summary>
internal sealed class FlushMark(StoreWriter writer) : PendingWrite(Nowhere.Instance, WriteMode.Call, writer)
{
    public override int Count => 0;

    public override PendingWrite Slice(int start, int count) => throw new InvalidOperationException("A mark has no items.");

    public override int HashAt(int index) => throw new InvalidOperationException("A mark has no items.");

    public override UnwrittenItem ItemAt(int index, Exception error, bool mayBeWritten) => throw new InvalidOperationException("A mark has no items.");

    public override void DropFirst() => throw new InvalidOperationException("A mark has no items.");

    protected override int First => 0;

    protected override void Clear()
    {
        // It is not posted.
    }

    private sealed class Nowhere : WriteLane
    {
        public static readonly Nowhere Instance = new();

        public override Type Type => typeof(FlushMark);

        public override KeyValuePair<string, object?> Tag => default;

        public override void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables)
        {
            // A mark has no rows.
        }
    }
}

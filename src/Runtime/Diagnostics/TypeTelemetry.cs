using System.Diagnostics.Metrics;

namespace Typed.Diagnostics;

/// <summary>Counts what becomes of the items of one declared type in one store. The tags are made once.</summary>
internal sealed class TypeTelemetry(StoreTelemetry store, KeyValuePair<string, object?> type)
{
    private readonly KeyValuePair<string, object?>[] _tags = [.. store.Tags, type];
    private readonly KeyValuePair<string, object?>[] _droppedNewest = [.. store.Tags, type, new("typed.dropped", "newest")];
    private readonly KeyValuePair<string, object?>[] _droppedOldest = [.. store.Tags, type, new("typed.dropped", "oldest")];

    public StoreTelemetry Store => store;

    /// <summary>The items are taken in, and will be committed, rejected, dropped as the oldest, or abandoned.</summary>
    public void Accepted(long items) => Add(Instruments.Accepted, items);

    public void Committed(long items) => Add(Instruments.Committed, items);

    public void Rejected(long items) => Add(Instruments.Rejected, items);

    /// <summary>Nobody waits for the items any more. They may be committed all the same.</summary>
    public void Abandoned(long items) => Add(Instruments.Abandoned, items);

    /// <summary>Times that a point was left out of an interval.</summary>
    public void Skipped(long pairs) => Add(Instruments.Skipped, pairs);

    /// <summary>An item was not taken in, because the store is full.</summary>
    public void DroppedNewest() => Drop(_droppedNewest);

    /// <summary>An item that was taken in made room for another one.</summary>
    public void DroppedOldest() => Drop(_droppedOldest);

    private void Add(Counter<long> counter, long count)
    {
        if (count > 0 && counter.Enabled)
        {
            counter.Add(count, _tags);
        }
    }

    private void Drop(KeyValuePair<string, object?>[] tags)
    {
        Instruments.Dropped.Add(1, tags);
        store.Log.Dropped();
    }
}

using Typed.Storage;

namespace Typed.Writing;

/// <summary>The rows of some writes, and of what these feed.</summary>
/// <param name="Tables">The rows, in the order in which every writer takes tables.</param>
/// <param name="Late">Gives the rows that are known once those are stored, in the same transaction; null where there are none.</param>
internal readonly record struct FlushRows(IReadOnlyList<ITableRows> Tables, Func<IReadOnlyList<ITableRows>>? Late)
{
    /// <summary>Turns writes into rows.</summary>
    /// <exception cref="RejectedPointException">What the writes add up to cannot be stored.</exception>
    public static FlushRows Of(IReadOnlyList<PendingWrite> writes, long now)
    {
        var feeds = false;
        foreach (var write in writes)
        {
            write.ForgetSkipped();
            feeds |= write.Feeds;
        }

        if (!feeds)
        {
            return new(Combine(writes, now), Late: null);
        }

        PendingWrite[] late = [.. writes.Where(write => write is { Feeds: true, FeedsLate: true })];
        PendingWrite[] known = [.. writes, .. writes.Except(late).SelectMany(write => write.Fed())];
        if (late.Length == 0)
        {
            return new(Combine(known, now), Late: null);
        }

        // Rows of one table stand in one statement, so what is fed late takes along what else goes there.
        var lanes = late.SelectMany(write => write.FedLanes).ToHashSet();
        return new(
            Combine([.. known.Where(write => !lanes.Contains(write.Lane))], now),
            () => Combine([.. known.Where(write => lanes.Contains(write.Lane)), .. late.SelectMany(write => write.Fed())], now));
    }

    private static List<ITableRows> Combine(IReadOnlyList<PendingWrite> writes, long now)
    {
        List<ITableRows> tables = [];
        if (writes.Count == 1)
        {
            writes[0].Lane.Combine(writes, now, tables);
            return tables;
        }

        foreach (var lane in writes.GroupBy(write => write.Lane))
        {
            lane.Key.Combine([.. lane], now, tables);
        }

        tables.Sort(static (left, right) =>
            string.CompareOrdinal(left.Table.Name, right.Table.Name) is not 0 and var order ? order : string.CompareOrdinal(left.Part, right.Part));
        return tables;
    }
}

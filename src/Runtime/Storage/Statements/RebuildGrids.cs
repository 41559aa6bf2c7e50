using Typed.Time;

namespace Typed.Storage.Statements;

/// <summary>What the grids of an interval and of a finer one say about computing the former from the latter.</summary>
internal sealed class RebuildGrids(Interval interval, Interval finer)
{
    private const int Looked = 16;

    /// <summary>
    /// The first bucket of which the finer interval holds everything. Where it begins inside a bucket and the interval has older ones, it was declared later,
    /// and this bucket had more.
    /// </summary>
    /// <param name="oldest">The first bucket that the finer interval still holds.</param>
    /// <param name="now">The time by the clock.</param>
    /// <param name="readStart">Reads the first bucket that the interval itself holds, which is not always asked for.</param>
    public async ValueTask<long?> FirstAsync(long oldest, long now, Func<ValueTask<long?>> readStart)
    {
        var first = Math.Max(interval.BucketOf(oldest), interval.OldestLive(now));
        var whole = finer.OldestLive(now);
        var isOlder = first < oldest && await readStart().ConfigureAwait(false) < first;
        return first >= whole && !isOlder ? first : interval.Step.TryNext(interval.BucketOf(Math.Max(first, whole)), out var next) ? next : null;
    }

    /// <summary>Why the interval's cells cannot be filled; null where they can.</summary>
    /// <param name="oldest">The first bucket that the finer interval holds.</param>
    /// <param name="latest">The last one.</param>
    /// <param name="mergesSlots">Whether it takes the finer interval's slots to fill the cells, because its buckets do not fit into them.</param>
    public string? FindFault(long oldest, long latest, out bool mergesSlots)
    {
        mergesSlots = false;
        if (FindMisfit(finer.Step, oldest, latest) is not { } fault)
        {
            return null;
        }

        mergesSlots = finer.IsFine && FindMisfit(finer.Resolution, oldest, latest) is null;
        return mergesSlots
            ? null
            : $"'{interval}' cannot be rebuilt from '{finer}': its cell of {Instant.Text(fault)} begins inside one of '{finer.Name}'.";
    }

    /// <summary>The start of a cell that is none of the finer grid's; null where there is no such cell.</summary>
    private long? FindMisfit(Grid grid, long oldest, long latest) => FindMisfit(interval.Step, grid, oldest, latest)
        ?? (interval.IsFine ? FindMisfit(interval.Resolution, grid, oldest, latest) : null);

    private static long? FindMisfit(Grid grid, Grid finer, long oldest, long latest)
    {
        if (grid == finer)
        {
            return null;
        }

        // A few more than there are, so that what fits by chance once is refused at once. Fixed widths that fit each other do so always; a zone's clock may
        // have been changed by less than a cell in some year.
        var areFixed = grid is FixedGrid && finer is FixedGrid;
        var start = grid.Floor(oldest);
        for (var looked = 0; looked < Looked || (!areFixed && start <= latest); looked++)
        {
            if (finer.Floor(start) != start)
            {
                return start;
            }

            if (!grid.TryNext(start, out start))
            {
                break;
            }
        }

        return null;
    }
}

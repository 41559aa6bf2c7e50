using Typed.Series.Kinds;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>How to read the rows of each slot and key, neither condensed nor joined.</summary>
/// <param name="Statement">Selects them by bucket and slot.</param>
/// <param name="Layout">Where things stand in one of them.</param>
/// <param name="NewAccumulator">Makes what builds a value from them.</param>
internal sealed record UnmergedRows<TRead>(KeyedSql Statement, UnmergedLayout Layout, Func<BucketAccumulator<TRead>> NewAccumulator);

/// <summary>Where things stand in an unmerged row.</summary>
internal abstract class UnmergedLayout : RowLayout
{
    /// <summary>The number of the key among those asked for, from 1.</summary>
    public abstract long Key(RowReader row);

    /// <summary>The position up to which rows belong to the range.</summary>
    public abstract long LastPosition(Interval interval, long lastBucket);
}

/// <summary>Rows of a rolled-up interval: bucket, slot, number of the key, content.</summary>
internal sealed class RollupUnmergedLayout : UnmergedLayout
{
    public static readonly RollupUnmergedLayout Instance = new();

    public override int Content => 3;

    public override long Bucket(RowReader row) => row.Instant(0);

    public override long Slot(RowReader row) => row.Instant(1);

    public override long Key(RowReader row) => row.Int64(2);

    public override long LastPosition(Interval interval, long lastBucket) => lastBucket;
}

/// <summary>Rows of a Series: time, number of the key, sequence, value.</summary>
/// <param name="interval">The interval, whose buckets the points are in.</param>
/// <param name="time">The column of the time.</param>
internal sealed class PointUnmergedLayout(Interval interval, int time = 0) : UnmergedLayout
{
    public override int Content => time;

    public override long Bucket(RowReader row) => interval.BucketOf(row.Instant(time));

    public override long Slot(RowReader row) => interval.SlotOf(row.Instant(time));

    public override long Key(RowReader row) => row.Int64(time + 1);

    public override long LastPosition(Interval interval, long lastBucket) => interval.LastInstant(lastBucket);
}

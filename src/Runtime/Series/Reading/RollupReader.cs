using Typed.Series.Kinds;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>What a rolled-up interval holds, merged by the database.</summary>
internal sealed class RollupReader<TItem>(Interval interval, RollupStatements statements, Func<BucketAccumulator<TItem>> newAccumulator)
    : PagedReader<TItem>(interval, newAccumulator)
{
    protected override KeyedSql CollapseStatement => statements.Collapse;

    protected override KeyedSql Statement(bool slots) => slots ? statements.Slots : statements.Range;

    protected override RowLayout Layout(bool slots) => slots ? RollupLayout.WithSlots : RollupLayout.OfRange(statements, Interval);

    // Rows of a slot are merged only where several keys were joined.
    protected override bool Merged(int keys, bool slots) => slots ? keys > 1 : statements.MergesRange(keys);
}

/// <summary>Statistics: computed by the database over the values of a bucket, or made of its one merged value.</summary>
internal sealed class RollupStatisticsReader<TStats>(Interval interval, RollupStatements statements, Func<BucketAccumulator<TStats>> accumulator,
    bool isComputed)
    : PagedReader<TStats>(interval, accumulator)
    where TStats : struct, IStatistics<TStats>
{
    public override TStats Finish(TStats item, long first, long last) => item.Over(Seconds(first, last));

    protected override KeyedSql CollapseStatement => isComputed ? statements.CollapsedStatistics : statements.Collapse;

    protected override KeyedSql Statement(bool slots) => isComputed ? statements.Statistics : statements.Range;

    protected override RowLayout Layout(bool slots) => isComputed ? RollupLayout.Buckets : RollupLayout.OfRange(statements, Interval);

    protected override bool Merged(int keys, bool slots) => isComputed || statements.MergesRange(keys);
}

/// <summary>Rows that have their bucket as a column, and their slot after it where slots are read.</summary>
internal class RollupLayout(int bucket, int content) : RowLayout
{
    public static readonly RollupLayout Buckets = new(0, 1);
    public static readonly RollupLayout WithSlots = new(0, 2);

    /// <summary>The layout of the rows of a range.</summary>
    public static RollupLayout OfRange(RollupStatements statements, Interval interval) =>
        statements.GivesOwnBuckets ? new CoarserLayout(interval.Step) : Buckets;

    public override int Content => content;

    public override long Bucket(RowReader row) => row.Instant(bucket);

    public override long Slot(RowReader row) => row.Instant(bucket + 1);
}

/// <summary>Rows of buckets that lie in those of a coarser grid.</summary>
internal sealed class CoarserLayout(Grid coarser) : RollupLayout(bucket: 0, content: 1)
{
    public override long Bucket(RowReader row) => coarser.Floor(base.Bucket(row));
}

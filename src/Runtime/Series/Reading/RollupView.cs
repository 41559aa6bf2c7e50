using Typed.Generated;
using Typed.Schema;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Series;

/// <summary>What a rolled-up interval holds, merged by the database.</summary>
internal sealed class RollupView<TItem>(Interval interval, RollupStatements statements, Func<Payload<TItem>> payload) : RowView<TItem>(interval, payload)
{
    protected override KeyedSql CollapseStatement => statements.Collapse;

    protected override KeyedSql Statement(bool slots) => slots ? statements.Slots : statements.Range;

    protected override RowLayout Layout(bool slots) => slots ? RollupLayout.WithSlots : RollupLayout.Buckets;

    // Rows of a slot are merged only where several keys were joined.
    protected override bool Merged(int keys, bool slots) => slots ? keys > 1 : statements.Merges(keys);
}

/// <summary>Statistics that are made of a bucket's one merged value: those of a Count and of a Gauge.</summary>
internal sealed class RollupValueStatisticsView<TStats>(Interval interval, RollupStatements statements, Func<Payload<TStats>> payload) : RowView<TStats>(interval, payload)
    where TStats : struct, IStatistics<TStats>
{
    public override TStats Finish(TStats item, long first, long last) => item.Over(Seconds(first, last));

    protected override KeyedSql CollapseStatement => statements.Collapse;

    protected override KeyedSql Statement(bool slots) => statements.Range;

    protected override RowLayout Layout(bool slots) => RollupLayout.Buckets;

    protected override bool Merged(int keys, bool slots) => statements.Merges(keys);
}

/// <summary>Statistics that the database computes over the values of a Histogram or a Set.</summary>
internal sealed class RollupStatisticsView<TStats>(Interval interval, RollupStatements statements, Func<Payload<TStats>> payload) : RowView<TStats>(interval, payload)
    where TStats : struct, IStatistics<TStats>
{
    public override TStats Finish(TStats item, long first, long last) => item.Over(Seconds(first, last));

    protected override KeyedSql CollapseStatement => statements.CollapsedStatistics;

    protected override KeyedSql Statement(bool slots) => statements.Statistics;

    protected override RowLayout Layout(bool slots) => RollupLayout.Buckets;

    protected override bool Merged(int keys, bool slots) => true;
}

/// <summary>Rows that begin with their bucket, and their slot where slots are read.</summary>
internal sealed class RollupLayout(int payload) : RowLayout
{
    public static readonly RollupLayout Buckets = new(1);
    public static readonly RollupLayout WithSlots = new(2);

    public override int Payload => payload;

    public override long Bucket(RowReader row) => row.Instant(0);

    public override long Slot(RowReader row) => row.Instant(1);
}

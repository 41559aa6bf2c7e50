using System.ComponentModel;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series;

/// <summary>One interval of a series in one model: its combiner and its statements. Built once per model.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IntervalPlan<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    private protected IntervalPlan(Interval interval, RollupStatements statements, Combiner<TKey, TValue> combiner)
    {
        Interval = interval;
        Statements = statements;
        Combiner = combiner;
    }

    internal Interval Interval { get; }

    internal RollupStatements Statements { get; }

    internal string Table => Statements.Table;

    internal Combiner<TKey, TValue> Combiner { get; }
}

/// <summary>An interval with the types that its reads give.</summary>
internal sealed class IntervalPlan<TKey, TValue, TRead, TStats>(
    Interval interval, RollupStatements statements, Combiner<TKey, TValue> combiner, View<TRead> values, View<TStats> statistics)
    : IntervalPlan<TKey, TValue>(interval, statements, combiner), IIntervalReader<TRead, TStats>
    where TKey : struct, ISeriesKey<TKey>
{
    public View<TRead> Values => values;

    public View<TStats> Statistics => statistics;

    Interval IIntervalReader<TRead, TStats>.Interval => Interval;

    KeyedSql IIntervalReader<TRead, TStats>.Extent => Statements.Extent;
}

/// <summary>What a read needs to know of an interval.</summary>
internal interface IIntervalReader<TRead, TStats>
{
    Interval Interval { get; }

    View<TRead> Values { get; }

    View<TStats> Statistics { get; }

    KeyedSql Extent { get; }
}

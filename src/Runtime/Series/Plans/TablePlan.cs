using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Plans;

/// <summary>How one table of a series is written and cleaned.</summary>
/// <param name="Intervals">The intervals whose data it holds: one, or all of a Series.</param>
/// <param name="Statements">Its statements.</param>
/// <param name="Combiner">Makes its rows.</param>
internal sealed record TablePlan<TKey, TValue>(IReadOnlyList<Interval> Intervals, TableStatements Statements, Combiner<TKey, TValue> Combiner)
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>Whether rows ever die.</summary>
    public bool Expires => Intervals.All(interval => interval.Keep is not null);

    /// <summary>What lies before is dead in every interval.</summary>
    public long OldestLive(long now) => Intervals.Min(interval => interval.OldestLive(now));
}

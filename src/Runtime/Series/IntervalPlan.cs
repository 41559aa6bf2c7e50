using System.ComponentModel;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Series;

/// <summary>How one interval is read in one model. Built once per model.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IntervalPlan
{
    private protected IntervalPlan(Interval interval, KeyedSql extent) => (Interval, Extent) = (interval, extent);

    internal Interval Interval { get; }

    /// <summary>Selects the first and last position; the grid turns both into buckets.</summary>
    internal KeyedSql Extent { get; }
}

/// <summary>An interval with the types that its reads give.</summary>
internal sealed class IntervalPlan<TRead, TStats>(Interval interval, KeyedSql extent, View<TRead> values, View<TStats> statistics) : IntervalPlan(interval, extent)
{
    public View<TRead> Values => values;

    public View<TStats> Statistics => statistics;
}

using Typed.Series.Plans;
using Typed.Writing;

namespace Typed.Generated;

/// <summary>Builds the plan of a series interval by interval. Emitted code names the types; what they mean is decided here.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SeriesPlanBuilder<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly List<TablePlan<TKey, TValue>> _tables = [];
    private readonly List<IntervalPlan> _intervals = [];

    private protected SeriesPlanBuilder()
    {
    }

    private protected static SeriesDefinition Series => TPoint.Definition;

    /// <summary>Adds the next interval of the declaration.</summary>
    /// <typeparam name="TGrid">The emitted bucket of the interval.</typeparam>
    public SeriesPlanBuilder<TPoint, TKey, TValue> Interval<TGrid>()
        where TGrid : struct, IBucketGrid
    {
        Add<TGrid>(Series.Intervals[_intervals.Count]);
        return this;
    }

    /// <summary>The finished plan.</summary>
    public SeriesPlan<TPoint, TKey, TValue> Build() => new(Series, _tables, _intervals, NewBuffer);

    private protected abstract PointBuffer<TKey, TValue> NewBuffer();

    private protected abstract void Add<TGrid>(Time.Interval interval)
        where TGrid : struct, IBucketGrid;

    private protected void Add(TablePlan<TKey, TValue> table) => _tables.Add(table);

    private protected void Add(IntervalPlan interval) => _intervals.Add(interval);
}

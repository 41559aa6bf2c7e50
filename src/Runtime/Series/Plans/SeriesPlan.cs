using Typed.Series.Plans;
using Typed.Storage;
using Typed.Writing;

namespace Typed.Generated;

/// <summary>How a declared series is written and read in one model: built once, from what the generator emitted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesPlan<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    internal SeriesPlan(
        SeriesDefinition definition, IEnumerable<TablePlan<TKey, TValue>> tables, IReadOnlyList<IntervalPlan> intervals,
            Func<PointBuffer<TKey, TValue>> newBuffer)
    {
        Definition = definition;
        Intervals = intervals;

        // Every writer takes tables in the same order, so that two never wait for each other in a circle.
        Tables = [.. tables.OrderBy(t => t.Statements.Table.Name, StringComparer.Ordinal)];
        Lane = new(definition, newBuffer, [.. Tables.Select(table => table.Combiner)]);
        LiveKeys = new(() => new Sql(string.Join(" UNION ", Tables.Select((table, i) => table.Statements.LiveKeys(i + 1, Tables.Count + 1)))));
    }

    internal SeriesDefinition Definition { get; }

    /// <summary>The tables, in the order of writing.</summary>
    internal IReadOnlyList<TablePlan<TKey, TValue>> Tables { get; }

    /// <summary>The intervals, in order of declaration.</summary>
    internal IReadOnlyList<IntervalPlan> Intervals { get; }

    /// <summary>Selects the keys with a live bucket; takes the oldest live position of each table.</summary>
    internal Lazy<Sql> LiveKeys { get; }

    /// <summary>Where its points are accepted and combined.</summary>
    internal PointLane<TKey, TValue> Lane { get; }
}

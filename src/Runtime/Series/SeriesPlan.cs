using System.ComponentModel;
using Typed.Schema;
using Typed.Storage;
using Typed.Writing;

namespace Typed.Series;

/// <summary>How a declared series is written and read in one model: built once, from what the generator emitted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesPlan<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly Func<PointBuffer<TKey, TValue>> _newBuffer;

    internal SeriesPlan(SeriesDefinition definition, IReadOnlyList<IntervalPlan<TKey, TValue>> intervals, Func<PointBuffer<TKey, TValue>> newBuffer)
    {
        Definition = definition;
        Intervals = intervals;
        _newBuffer = newBuffer;

        // Every writer takes tables in the same order, so that two never wait for each other in a circle.
        WriteOrder = [.. intervals.OrderBy(i => i.Table, StringComparer.Ordinal)];
        LiveKeys = new(() => new Sql(string.Join(" UNION ", intervals.Select((interval, i) => interval.Statements.LiveKeys(i + 1)))));
    }

    internal SeriesDefinition Definition { get; }

    internal IReadOnlyList<IntervalPlan<TKey, TValue>> Intervals { get; }

    internal IReadOnlyList<IntervalPlan<TKey, TValue>> WriteOrder { get; }

    /// <summary>Selects the keys with a live bucket; takes the oldest live bucket of each interval.</summary>
    internal Lazy<Sql> LiveKeys { get; }

    internal PointBuffer<TKey, TValue> NewBuffer() => _newBuffer();
}

using Typed.Writing;

namespace Typed.Generated;

/// <summary>A series in one store: what an emitted handle is made from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesBinding<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    internal SeriesBinding(StoreScope scope, SeriesPlan<TPoint, TKey, TValue> plan) => (Scope, Plan) = (scope, plan);

    internal StoreScope Scope { get; }

    internal SeriesPlan<TPoint, TKey, TValue> Plan { get; }
}

using Typed.Writing;

namespace Typed.Generated;

/// <summary>A series in one store: what an emitted handle is made from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SeriesBinding<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    internal SeriesBinding(StoreScope scope, SeriesPlan<TPoint, TKey, TValue> plan, string? seriesNamespace) =>
        (Scope, Plan, Namespace) = (scope, plan, seriesNamespace);

    internal StoreScope Scope { get; }

    /// <summary>The namespace; null where the series has none.</summary>
    internal string? Namespace { get; }

    internal SeriesPlan<TPoint, TKey, TValue> Plan { get; }
}

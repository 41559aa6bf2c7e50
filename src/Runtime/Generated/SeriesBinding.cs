using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Typed.Hosting;
using Typed.Series;
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

    /// <summary>The series in a store.</summary>
    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public static SeriesBinding<TPoint, TKey, TValue> In(TypedStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new(store.Scope, store.PlansOf(typeof(TPoint)).Get<TPoint, TKey, TValue>());
    }

    /// <summary>The series in a context's connection and transaction.</summary>
    /// <exception cref="InvalidOperationException">The context's model does not map the type.</exception>
    public static SeriesBinding<TPoint, TKey, TValue> In(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var engine = EngineRegistry.Find(context.Database.ProviderName);
        return new(new ContextScope(context, engine), ModelPlans.For(context.Model, engine.Dialect).Get<TPoint, TKey, TValue>());
    }
}

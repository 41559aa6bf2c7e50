using Microsoft.EntityFrameworkCore;
using Typed.Hosting;
using Typed.Writing;

namespace Typed.Generated;

/// <summary>The way into a declared time series. Emitted <c>In</c> methods call it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SeriesBindings
{
    /// <summary>The series in a store.</summary>
    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public static SeriesBinding<TPoint, TKey, TValue> In<TPoint, TKey, TValue>(TypedStore store)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        ArgumentNullException.ThrowIfNull(store);
        return Bind<TPoint, TKey, TValue>(store.Scope, store.TablesOf(typeof(TPoint)));
    }

    /// <summary>The series in a context's connection and transaction.</summary>
    /// <exception cref="InvalidOperationException">The context's model does not map the type.</exception>
    public static SeriesBinding<TPoint, TKey, TValue> In<TPoint, TKey, TValue>(DbContext context)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        ArgumentNullException.ThrowIfNull(context);
        var engine = EngineRegistry.Find(context);
        return Bind<TPoint, TKey, TValue>(new ContextScope(context, engine, new SeriesDeclaration(TPoint.Definition)), ModelTables.Get(context.Model, engine.Dialect));
    }

    private static SeriesBinding<TPoint, TKey, TValue> Bind<TPoint, TKey, TValue>(StoreScope scope, ModelTables tables)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey> => new(scope, tables.GetOrBuild(typeof(TPoint), TPoint.Plan));
}

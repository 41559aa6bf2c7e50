using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Typed.Hosting;
using Typed.Streams;
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
        return Bind<TPoint, TKey, TValue>(store.Scope, store.TablesOf(typeof(TPoint)), seriesNamespace: null);
    }

    /// <summary>A namespace of the series in a store.</summary>
    /// <exception cref="ArgumentException">The namespace is outside its grammar.</exception>
    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public static SeriesBinding<TPoint, TKey, TValue> In<TPoint, TKey, TValue>(TypedStore store, string seriesNamespace)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        ArgumentNullException.ThrowIfNull(store);
        return Bind<TPoint, TKey, TValue>(store.Scope, store.TablesOf(typeof(TPoint)), StreamNames.Check(seriesNamespace));
    }

    /// <summary>The series in a context's connection and transaction.</summary>
    /// <exception cref="InvalidOperationException">The context's model does not map the type.</exception>
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
    public static SeriesBinding<TPoint, TKey, TValue> In<TPoint, TKey, TValue>(DbContext context)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        ArgumentNullException.ThrowIfNull(context);
        return Bind<TPoint, TKey, TValue>(context, seriesNamespace: null);
    }

    /// <summary>A namespace of the series in a context's connection and transaction.</summary>
    /// <exception cref="ArgumentException">The namespace is outside its grammar.</exception>
    /// <exception cref="InvalidOperationException">The context's model does not map the type.</exception>
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
    public static SeriesBinding<TPoint, TKey, TValue> In<TPoint, TKey, TValue>(DbContext context, string seriesNamespace)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        ArgumentNullException.ThrowIfNull(context);
        return Bind<TPoint, TKey, TValue>(context, StreamNames.Check(seriesNamespace));
    }

    private static SeriesBinding<TPoint, TKey, TValue> Bind<TPoint, TKey, TValue>(DbContext context, string? seriesNamespace)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        var engine = EngineRegistry.Find(context);
        var scope = new ContextScope(context, engine, new SeriesDeclaration(TPoint.Definition));
        return Bind<TPoint, TKey, TValue>(scope, ModelTables.Get(context.Model, engine.Dialect), seriesNamespace);
    }

    private static SeriesBinding<TPoint, TKey, TValue> Bind<TPoint, TKey, TValue>(StoreScope scope, ModelTables tables, string? seriesNamespace)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey> => new(scope, tables.GetOrBuild(typeof(TPoint), TPoint.Plan), seriesNamespace);
}

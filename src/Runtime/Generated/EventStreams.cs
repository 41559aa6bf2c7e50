using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Typed.Hosting;
using Typed.Streams;
using Typed.Streams.Reading;

namespace Typed.Generated;

/// <summary>The way into a declared event stream. Emitted <c>In</c> methods call it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventStreams
{
    /// <summary>The stream in a store.</summary>
    /// <exception cref="ArgumentException">The namespace is outside its grammar.</exception>
    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public static EventStream<TBody> In<TBody>(TypedStore store, string streamNamespace)
        where TBody : IEventBody<TBody>
    {
        ArgumentNullException.ThrowIfNull(store);
        var tables = store.TablesOf(typeof(TBody));
        return new(new EventSource<TBody>(store.Scope, tables, tables.Stream(Declarations.Definition<TBody>()), StreamNames.Check(streamNamespace)));
    }

    /// <summary>A stream that can be followed, in a store.</summary>
    /// <exception cref="ArgumentException">The namespace is outside its grammar.</exception>
    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public static FollowedStream<TBody> Followed<TBody>(TypedStore store, string streamNamespace)
        where TBody : IFollowedEventBody<TBody>
    {
        ArgumentNullException.ThrowIfNull(store);
        var tables = store.TablesOf(typeof(TBody));
        return new(
            new EventSource<TBody>(store.Scope, tables, tables.Stream(Declarations.Definition<TBody>()), StreamNames.Check(streamNamespace)), store.Following);
    }

    /// <summary>The stream in a context's connection and transaction.</summary>
    /// <exception cref="ArgumentException">The namespace is outside its grammar.</exception>
    /// <exception cref="InvalidOperationException">The context's model does not map the type.</exception>
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
    public static QueryableEventStream<TBody> In<TBody>(DbContext context, string streamNamespace)
        where TBody : IEventBody<TBody>
    {
        ArgumentNullException.ThrowIfNull(context);
        var engine = EngineRegistry.Find(context);
        var tables = ModelTables.Get(context.Model, engine.Dialect);
        var scope = new ContextScope(
            context,
            engine,
            [
                new StreamDeclaration(Declarations.Definition<TBody>()),
                .. TBody.Feeds.Where(static feed => !feed.IsLater).Select(static feed => new SeriesDeclaration(feed.Series)),
            ]);
        return new(
            new EventSource<TBody>(scope, tables, tables.Stream(Declarations.Definition<TBody>()), StreamNames.Check(streamNamespace)),
            context,
            streamNamespace);
    }
}

namespace Typed;

/// <summary>What new users try first, and what to write instead. Nothing here can be called.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamHints
{
    private const string Query = "LINQ wants a context: PageView.In(db).AsQueryable() of a DbContext of your own, or of store.CreateDbContext().";

    private const string Followed =
        "Follow is on a store's handle of a stream that is declared with [EventStream(Follow = true)], from any position and without bounds: "
        + "Order.In(store).Follow(position).";

    /// <summary>Not of this stream, or not of a range.</summary>
    [Obsolete(Followed, error: true, DiagnosticId = "TYP5201", UrlFormat = "https://github.com/typed-net/typed/blob/main/docs/rules/{0}.md")]
    public static IAsyncEnumerable<FollowedEvent<TBody>> Follow<TBody>(
        this EventRange<TBody> range, StreamPosition after = default, CancellationToken cancellationToken = default)
        where TBody : IEventBody<TBody> => throw new InvalidOperationException($"{range.GetType().Name}.{nameof(Follow)}: {Followed}");

    /// <inheritdoc cref="Follow"/>
    [Obsolete(Followed, error: true, DiagnosticId = "TYP5201", UrlFormat = "https://github.com/typed-net/typed/blob/main/docs/rules/{0}.md")]
    public static IAsyncEnumerable<FollowedBatch<TBody>> FollowBatches<TBody>(
        this EventRange<TBody> range, StreamPosition after = default, int most = 0, CancellationToken cancellationToken = default)
        where TBody : IEventBody<TBody> => throw new InvalidOperationException($"{range.GetType().Name}.{nameof(FollowBatches)}: {Followed}");

    /// <summary>Not in a store.</summary>
    [Obsolete(Query, error: true, DiagnosticId = "TYP3008", UrlFormat = "https://github.com/typed-net/typed/blob/main/docs/rules/{0}.md")]
    public static IQueryable<Event<TBody>> AsQueryable<TBody>(this EventRange<TBody> range)
        where TBody : IEventBody<TBody> => throw new InvalidOperationException($"{range.GetType().Name}.{nameof(AsQueryable)}: {Query}");
}

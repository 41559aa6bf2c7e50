namespace Typed;

/// <summary>What new users try first, and what to write instead. Nothing here can be called.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamHints
{
    private const string Query = "LINQ wants a context: PageView.In(db).AsQueryable() of a DbContext of your own, or of store.CreateDbContext().";

    /// <summary>Not in a store.</summary>
    [Obsolete(Query, error: true, DiagnosticId = "TYP3008", UrlFormat = "https://github.com/typed-net/typed/blob/main/docs/rules/{0}.md")]
    public static IQueryable<Event<TBody>> AsQueryable<TBody>(this EventRange<TBody> range)
        where TBody : IEventBody<TBody> => throw new InvalidOperationException($"{range.GetType().Name}.{nameof(AsQueryable)}: {Query}");
}

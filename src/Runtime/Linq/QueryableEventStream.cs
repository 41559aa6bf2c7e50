using Microsoft.EntityFrameworkCore;
using Typed.Linq;
using Typed.Streams.Reading;

namespace Typed;

/// <summary>A declared event stream in a context: everything of <see cref="EventStream{TBody}"/>, and LINQ.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class QueryableEventStream<TBody> : EventStream<TBody>
    where TBody : IEventBody<TBody>
{
    private readonly DbContext _context;
    private readonly string _streamNamespace;

    internal QueryableEventStream(EventSource<TBody> source, DbContext context, string streamNamespace)
        : base(source) => (_context, _streamNamespace) = (context, streamNamespace);

    /// <summary>
    /// The events of the namespace as an EF Core query in the context: members of the body, nested ones and lists included, are JSON operators of the
    /// database.
    /// </summary>
    public IQueryable<Event<TBody>> AsQueryable() => EventQuery.Query<Event<TBody>>(_context, Source.Table.Stream, _streamNamespace);
}

using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Streams.Feeding;
using Typed.Streams.Json;
using Typed.Time;
using Typed.Values;
using Typed.Writing;
using Typed.Writing.Spool;

namespace Typed.Streams.Writing;

/// <summary>The events of one declared class in one namespace.</summary>
/// <param name="table">Its table.</param>
/// <param name="streamNamespace">The namespace.</param>
/// <param name="maxBytes">The most bytes of JSON that an event takes.</param>
/// <param name="newFeeds">Makes what holds the points that a batch of its events feeds; null where they feed nothing.</param>
/// <param name="takesGiven">Whether it is for posted events with given ids: those with drawn ones may be loaded in bulk.</param>
internal sealed class EventLane<TBody>(
    StreamTable table, string streamNamespace, int maxBytes, Func<EventFeeds<TBody>>? newFeeds, bool takesGiven = false)
    : WriteLane<AcceptedEvent>, IEquatable<EventLane<TBody>>
    where TBody : IEventBody<TBody>
{
    // Posted events are written here first and copied into the writer's buffer, so that callers hold its lock only for a copy.
    [ThreadStatic]
    private static BodyBuffer? s_writing;

    // So are the points that they feed.
    [ThreadStatic]
    private static (EventLane<TBody> Lane, EventFeeds<TBody> Points) s_feeding;

    private readonly int _hash = HashCode.Combine(table, streamNamespace);

    public override Type Type => typeof(TBody);

    public override KeyValuePair<string, object?> Tag => new("typed.stream", table.Stream.Name);

    private StreamTable Table => table;

    private string Namespace => streamNamespace;

    private bool TakesGiven => takesGiven;

    public override string SpoolLayout => field ??= EventLayout.Describe(table.Stream, streamNamespace, takesGiven);

    public EventBatch<TBody> NewBatch() => new(maxBytes, newFeeds?.Invoke());

    /// <summary>Checks an event and writes its JSON into memory that this thread uses again at its next event.</summary>
    /// <exception cref="EventRejectedException">The body or the time cannot be stored.</exception>
    public AcceptedEvent Accept(TBody body, DateTimeOffset? at, DateTimeOffset now)
    {
        var buffer = s_writing ??= new BodyBuffer();
        buffer.Clear();
        buffer.Accept(body, maxBytes, index: 0);
        var ticks = EventBatch<TBody>.TicksOf(body, at, now, index: 0);
        return new(buffer.Written, ticks, Fed: Feed(body, EventBatch<TBody>.InstantOf(ticks)));
    }

    /// <summary>Checks an event with a given id and writes its JSON into memory that this thread uses again at its next event.</summary>
    /// <exception cref="EventRejectedException">The body cannot be stored.</exception>
    /// <exception cref="ArgumentException">The id is not one of the layout.</exception>
    public AcceptedEvent Accept(EventId id, TBody body)
    {
        var time = EventId.TimeOf(id);
        var buffer = s_writing ??= new BodyBuffer();
        buffer.Clear();
        buffer.Accept(body, maxBytes, index: 0);
        return new(buffer.Written, IdLayout.Ticks(time), id, Fed: Feed(body, Instant.From(time)));
    }

    public override int HashOf(in AcceptedEvent item) => _hash;

    public override AcceptedEvent Keep(in AcceptedEvent item)
    {
        EventFeeds<TBody>? kept = null;
        if (item.Fed is EventFeeds<TBody> fed)
        {
            kept = newFeeds!();
            kept.AddFrom(fed);
        }

        return item with { Body = item.Body.ToArray(), Fed = kept };
    }

    public override PendingWrite NewPosted(StoreWriter writer) => new PendingEvents<TBody>(this, NewBatch(), WriteMode.Posted, writer);

    public override void Append(PendingWrite posted, in AcceptedEvent item) => ((PendingEvents<TBody>)posted).Append(item);

    public override AcceptedEvent Fix(in AcceptedEvent item) =>
        item.Id is null ? item with { Id = EventIdGenerator.Shared.Reserve(1).Id(0, item.Ticks), IsDrawn = true } : item;

    public override string? Unfit(string layout) => EventLayout.Compare(layout, table.Stream);

    public override void Write(RecordWriter record, in AcceptedEvent item)
    {
        record.Guid(item.Id!.Value);
        record.Json(item.Body.Span, table.Stream.Body);
    }

    public override AcceptedEvent Read(RecordReader record)
    {
        var id = EventId.Stored(record.Guid(0));
        var (body, time) = (record.Json(1), EventId.TimeOf(id));
        var fed = newFeeds is null ? null : Feed(BodyText.Read<TBody>(body.Span)!, Instant.From(time));
        return new(body, IdLayout.Ticks(time), id, IsDrawn: !takesGiven, fed);
    }

    public override void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables)
    {
        var (drawn, given) = (new List<PendingEvents<TBody>>(writes.Count), (List<PendingEvents<TBody>>?)null);
        foreach (var write in writes.Cast<PendingEvents<TBody>>())
        {
            (write.AreNew ? drawn : given ??= []).Add(write);
        }

        if (drawn.Sum(write => write.Count) is > 0 and var count)
        {
            tables.Add(Rows(drawn, count));
        }

        if (given is not null)
        {
            tables.Add(GivenEventRows<TBody>.Of(table.Given, table.Stream.Body, streamNamespace, given));
        }
    }

    // The hash is that of both kinds, so that one flusher writes them in the order in which they came.
    public bool Equals(EventLane<TBody>? other) =>
        other is not null && Table == other.Table && Namespace == other.Namespace && takesGiven == other.TakesGiven;

    public override bool Equals(object? obj) => obj is EventLane<TBody> other && Equals(other);

    public override int GetHashCode() => _hash;

    /// <summary>The points that an event feeds, in memory that this thread uses again at its next event.</summary>
    private EventFeeds<TBody>? Feed(TBody body, long instant)
    {
        if (newFeeds is null)
        {
            return null;
        }

        if (!ReferenceEquals(s_feeding.Lane, this))
        {
            s_feeding = (this, newFeeds());
        }

        s_feeding.Points.CutTo(0);
        s_feeding.Points.Add(body, instant, index: 0);
        return s_feeding.Points;
    }

    /// <summary>The events with drawn ids, which may be loaded in bulk.</summary>
    private EventRows Rows(List<PendingEvents<TBody>> writes, int count)
    {
        var ids = new Guid[count];
        var bodies = new ReadOnlyMemory<byte>[count];
        var next = 0;
        foreach (var write in writes)
        {
            for (var i = 0; i < write.Count; i++, next++)
            {
                (ids[next], bodies[next]) = (write.IdAt(i), write.BodyAt(i));
            }
        }

        return EventRows.Sorted(table.Write, table.Stream.Body, streamNamespace, ids, bodies);
    }
}

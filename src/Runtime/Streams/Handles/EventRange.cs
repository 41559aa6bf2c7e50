using Typed.Streams.Reading;

namespace Typed;

/// <summary>A range of events, ascending by time unless told otherwise. Nothing is read before it is enumerated or asked.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
/// <remarks>
/// Enumerating reads pages by id and gives the connection back between them; a broken connection resumes after the last event that was handed out.
/// Bounds narrow each other; those outside the years 1970 to 9999 leave nothing out.
/// </remarks>
public class EventRange<TBody> : IAsyncEnumerable<Event<TBody>>
    where TBody : IEventBody<TBody>
{
    private DateTimeOffset? _from;
    private DateTimeOffset? _until;
    private DateTimeOffset? _before;
    private EventId? _after;
    private bool _descending;
    private int? _take;

    internal EventRange(EventSource<TBody> source) => Source = source;

    internal EventSource<TBody> Source { get; }

    private protected Action<UnreadableEventException>? Handler { get; init; }

    /// <summary>Limits the range to the events from one time to another, both included.</summary>
    /// <exception cref="ArgumentException"><paramref name="end"/> is before <paramref name="start"/>.</exception>
    public EventRange<TBody> Between(DateTimeOffset start, DateTimeOffset end) => From(start).Until(end);

    /// <summary>Limits the range to the events from a time on, that time included.</summary>
    /// <exception cref="ArgumentException">The range would end before it starts.</exception>
    public EventRange<TBody> From(DateTimeOffset start) => With(range => range._from = start > range._from ? start : range._from ?? start);

    /// <summary>Limits the range to the events up to a time, that time included.</summary>
    /// <exception cref="ArgumentException">The range would end before it starts.</exception>
    public EventRange<TBody> Until(DateTimeOffset end) => With(range => range._until = end < range._until ? end : range._until ?? end);

    /// <summary>Limits the range to the events before a time: <c>From(a).Before(b)</c> tiles time without overlap.</summary>
    /// <exception cref="ArgumentException">The range would end before it starts.</exception>
    public EventRange<TBody> Before(DateTimeOffset end) => With(range => range._before = end < range._before ? end : range._before ?? end);

    /// <summary>Limits the range to the events after an id in the direction of reading, without the event of that id, which need not exist.</summary>
    /// <param name="id">
    /// An id, for instance the last one of the page before. Ids order by the time of the event: one that was put later with an earlier time comes before it.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is the default of its type.</exception>
    public EventRange<TBody> After(EventId id) => id != default
        ? With(range => range._after = id)
        : throw new ArgumentException($"{id} is the default of {nameof(EventId)}, after which all events come: leave out After to read them all.", nameof(id));

    /// <summary>Reads from the newest event to the oldest.</summary>
    public EventRange<TBody> Descending() => With(range => range._descending = true);

    /// <summary>Reads at most that many events, in the direction of reading. Events that <see cref="OnUnreadable"/> handles count too.</summary>
    /// <param name="count">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public EventRange<TBody> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return With(range => range._take = count < range._take ? count : range._take ?? count);
    }

    /// <summary>
    /// Sets a handler for stored events that cannot be read, because the body does not fit its class or is no JSON, or the id is foreign. The handler gets the
    /// id, the JSON and the reason, and reading goes on. Without a handler reading throws.
    /// </summary>
    /// <param name="handler">Gets each such event; may throw to stop.</param>
    public EventRange<TBody> OnUnreadable(Action<UnreadableEventException> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return With(_ => { }, handler);
    }

    /// <summary>The number of events.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<long> CountAsync(CancellationToken cancellationToken = default) =>
        Math.Min(_take ?? long.MaxValue, await Source.CountAsync(Ids, cancellationToken).ConfigureAwait(false));

    /// <summary>The earliest event of the range by time, whatever the direction of reading; of nothing: null.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<Event<TBody>?> FirstOrDefaultAsync(CancellationToken cancellationToken = default) => OneAsync(descending: false, cancellationToken);

    /// <summary>The latest event of the range by time, whatever the direction of reading; of nothing: null.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<Event<TBody>?> LastOrDefaultAsync(CancellationToken cancellationToken = default) => OneAsync(descending: true, cancellationToken);

    /// <summary>Removes the events of the range, which needs at least one bound.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number removed.</returns>
    /// <exception cref="ArgumentException">The range has no bound (use <c>DeleteAllAsync</c>), or takes a number of events only.</exception>
    public ValueTask<long> DeleteAsync(CancellationToken cancellationToken = default)
    {
#pragma warning disable MA0015, CA2208 // The argument is the range itself, put together by the calls before.
        if (_take is not null)
        {
            throw new ArgumentException("DeleteAsync removes a whole range: leave out Take, or bound the range by time or id.");
        }

        return _from is null && _until is null && _before is null && _after is null
            ? throw new ArgumentException("DeleteAsync needs at least one bound; DeleteAllAsync empties the stream.")
            : Source.DeleteAsync(Ids, cancellationToken);
#pragma warning restore MA0015, CA2208
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<Event<TBody>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Source.ReadAsync(Ids, _descending, _take ?? long.MaxValue, Handler, EventPageSize.FirstRows, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private IdRange Ids
    {
        get
        {
            var ids = IdRange.All;
            ids = _from is { } from ? ids.From(from) : ids;
            ids = _until is { } until ? ids.Until(until) : ids;
            ids = _before is { } before ? ids.Before(before) : ids;
            return _after is { } after ? ids.After(after, _descending) : ids;
        }
    }

    private async ValueTask<Event<TBody>?> OneAsync(bool descending, CancellationToken cancellationToken)
    {
        // Take counts in the direction of reading, so the other end of the range is found by reading up to it.
        var reading = _take is null ? descending : _descending;
        var isFar = reading != descending;
        Event<TBody>? one = null;
        var rows = isFar ? EventPageSize.FirstRows : 1;
        await foreach (var found in Source.ReadAsync(Ids, reading, _take ?? long.MaxValue, Handler, rows, cancellationToken).ConfigureAwait(false))
        {
            one = found;
            if (!isFar)
            {
                break;
            }
        }

        return one;
    }

    private EventRange<TBody> With(Action<EventRange<TBody>> change, Action<UnreadableEventException>? handler = null)
    {
        var range = new EventRange<TBody>(Source)
        {
            _from = _from, _until = _until, _before = _before, _after = _after, _descending = _descending, _take = _take, Handler = handler ?? Handler,
        };
        change(range);

        CheckOrder(range._from, range._until);
        CheckOrder(range._from, range._before);
        return range;
    }

    // An empty range such as From(a).Before(a) is fine; one that ends before it starts is a mistake.
    private static void CheckOrder(DateTimeOffset? start, DateTimeOffset? end)
    {
        if (start > end)
        {
            throw new ArgumentException(
                string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"The range ends at {end:O}, before its start {start:O}; give the earlier time first."), nameof(end));
        }
    }
}

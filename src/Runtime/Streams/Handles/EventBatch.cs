using Typed.Storage.Statements;
using Typed.Streams.Json;

namespace Typed.Streams.Handles;

/// <summary>The events of one put: checked, written as JSON, and given their ids.</summary>
internal sealed class EventBatch<TBody>(int maxBytes) : IDisposable
    where TBody : IEventBody<TBody>
{
    private readonly BodyBuffer _bodies = new();
    private readonly List<int> _ends = [];
    private readonly List<long> _ticks = [];
    private readonly List<Guid> _given = [];

    public int Count => _ends.Count;

    /// <summary>Takes an event.</summary>
    /// <param name="body">The event.</param>
    /// <param name="at">The time given to the put, for events that hold none.</param>
    /// <param name="now">The time by the clock.</param>
    /// <exception cref="EventRejectedException">The body or the time cannot be stored.</exception>
    public void Add(TBody body, DateTimeOffset? at, DateTimeOffset now)
    {
        Write(body);
        try
        {
            _ticks.Add(EventId.Ticks(TBody.TimeOf(body) ?? at ?? now));
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new EventRejectedException(Count - 1, [], $"the time {error.ActualValue:O}, which is before 1970-01-01T00:00Z", error);
        }
    }

    /// <summary>Takes an event under a given id.</summary>
    /// <exception cref="EventRejectedException">The body cannot be stored.</exception>
    /// <exception cref="ArgumentException">The id is not one of the layout.</exception>
    public void Add(TBody body, Guid id)
    {
        _ = EventId.TimeOf(id);
        Write(body);
        _given.Add(id);
    }

    /// <summary>The ids, in the order of the events; drawn now unless they were given.</summary>
    public Guid[] Ids()
    {
        if (_given.Count == Count)
        {
            return [.. _given];
        }

        var block = EventIdGenerator.Shared.Reserve(Count);
        return [.. _ticks.Select((ticks, index) => block.Id(index, ticks))];
    }

    /// <summary>The rows, unique and sorted by id: of two events under one id the first stays.</summary>
    public EventRows Rows(StreamTable table, string streamNamespace, Guid[] ids)
    {
        // OrderBy is stable, which keeps the first of two in front.
        var order = Enumerable.Range(0, ids.Length).OrderBy(index => ids[index]).ToArray();
        var kept = order.Where((index, place) => place == 0 || ids[index] != ids[order[place - 1]]).ToArray();
        return new(table.Write, table.Stream.Body, streamNamespace, Array.ConvertAll(kept, index => ids[index]), Array.ConvertAll(kept, Body),
            areNew: _given.Count == 0);
    }

    public void Dispose() => _bodies.Dispose();

    private void Write(TBody body)
    {
        if (body is null)
        {
            throw new EventRejectedException(Count, [], "null");
        }

        if (_bodies.Write(body, maxBytes) is { } refusal)
        {
            throw new EventRejectedException(Count, refusal.Path, refusal.Reason);
        }

        _ends.Add(_bodies.Length);
    }

    private ReadOnlyMemory<byte> Body(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _bodies.Written[start.._ends[index]];
    }
}

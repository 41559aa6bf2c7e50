using System.Runtime.InteropServices;
using Typed.Streams.Feeding;
using Typed.Streams.Json;
using Typed.Time;
using Typed.Values;

namespace Typed.Streams.Writing;

/// <summary>Events that are checked, written as JSON, and have their ids.</summary>
internal sealed class EventBatch<TBody>(int maxBytes, EventFeeds<TBody>? feeds = null) : IDisposable
    where TBody : IEventBody<TBody>
{
    private readonly BodyBuffer _bodies = new();
    private readonly List<int> _ends = [];
    private readonly List<long> _ticks = [];
    private readonly List<EventId> _ids = [];
    private bool[]? _new;

    public int Count => _ends.Count;

    /// <summary>What the events feed; null where they feed nothing.</summary>
    public EventFeeds<TBody>? Feeds => feeds;

    /// <summary>Bytes of JSON.</summary>
    public int Bytes => _bodies.Length;

    /// <summary>Whether the ids were drawn here, so that no other event has them.</summary>
    public bool AreNew { get; private set; } = true;

    /// <summary>The ids, in the order of the events, once <see cref="DrawIds"/> has been called.</summary>
    public IReadOnlyList<EventId> Ids => _ids;

    /// <summary>Whether each event was stored by its put, in the order of the events; of events with given ids, once these are written.</summary>
    public IReadOnlyList<bool> New => _new ??= new bool[Count];

    /// <summary>Takes an event.</summary>
    /// <param name="body">The event.</param>
    /// <param name="at">The time given to the put, for events that hold none.</param>
    /// <param name="now">The time by the clock.</param>
    /// <exception cref="EventRejectedException">The body or the time cannot be stored.</exception>
    public void Add(TBody body, DateTimeOffset? at, DateTimeOffset now)
    {
        var start = _bodies.Length;
        _bodies.Accept(body, maxBytes, Count);
        try
        {
            var ticks = TicksOf(body, at, now, Count);
            feeds?.Add(body, InstantOf(ticks), Count);
            _ticks.Add(ticks);
        }
        catch
        {
            _bodies.CutTo(start);
            throw;
        }

        _ends.Add(_bodies.Length);
    }

    /// <summary>Takes an event under a given id.</summary>
    /// <exception cref="EventRejectedException">The body cannot be stored.</exception>
    /// <exception cref="ArgumentException">The id is not one of the layout.</exception>
    public void Add(TBody body, EventId id)
    {
        var time = EventId.TimeOf(id);
        var start = _bodies.Length;
        _bodies.Accept(body, maxBytes, Count);
        try
        {
            feeds?.Add(body, Instant.From(time), Count);
        }
        catch
        {
            _bodies.CutTo(start);
            throw;
        }

        _ends.Add(_bodies.Length);
        _ids.Add(id);
        AreNew = false;
    }

    /// <summary>Takes an event that was written already, and draws its id unless it was given one.</summary>
    public void Add(in AcceptedEvent accepted)
    {
        _bodies.Append(accepted.Body.Span);
        _ends.Add(_bodies.Length);
        _ids.Add(accepted.Id ?? EventIdGenerator.Shared.Reserve(1).Id(0, accepted.Ticks));
        AreNew &= accepted.Id is null || accepted.IsDrawn;
        feeds?.AddFrom((EventFeeds<TBody>)accepted.Fed!);
    }

    /// <summary>Draws the ids, unless they were given.</summary>
    public void DrawIds()
    {
        if (_ids.Count < Count)
        {
            var block = EventIdGenerator.Shared.Reserve(Count);
            for (var index = 0; index < Count; index++)
            {
                _ids.Add(block.Id(index, _ticks[index]));
            }
        }
    }

    /// <summary>The JSON of an event.</summary>
    public ReadOnlyMemory<byte> Body(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _bodies.Written[start.._ends[index]];
    }

    /// <summary>The id of an event.</summary>
    public ref readonly EventId Id(int index) => ref CollectionsMarshal.AsSpan(_ids)[index];

    /// <summary>Says whether an event was stored, or known before.</summary>
    public void SetNew(int index, bool isNew) => (_new ??= new bool[Count])[index] = isNew;

    /// <summary>Forgets the first events.</summary>
    public void RemoveFirst(int count)
    {
        var bytes = _ends[count - 1];
        _bodies.RemoveFirst(bytes);
        feeds?.RemoveFirst(count);
        _ends.RemoveRange(0, count);
        _ids.RemoveRange(0, count);
        foreach (ref var end in CollectionsMarshal.AsSpan(_ends))
        {
            end -= bytes;
        }
    }

    /// <summary>Forgets the events and keeps the memory.</summary>
    public void Clear()
    {
        _bodies.Clear();
        _ends.Clear();
        _ids.Clear();
        _new = null;
        feeds?.CutTo(0);
    }

    /// <summary>A time in units of 100 ns since 1970, in microseconds since then.</summary>
    public static long InstantOf(long ticks) => ticks / TimeSpan.TicksPerMicrosecond;

    public void Dispose() => _bodies.Dispose();

    /// <summary>The time of an event in units of 100 ns since 1970.</summary>
    /// <exception cref="EventRejectedException">The time is before 1970.</exception>
    public static long TicksOf(TBody body, DateTimeOffset? at, DateTimeOffset now, int index)
    {
        try
        {
            return IdLayout.Ticks(TBody.TimeOf(body) ?? at ?? now);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new EventRejectedException(index, [], $"the time {error.ActualValue:O}, which is before 1970-01-01T00:00Z", error);
        }
    }
}

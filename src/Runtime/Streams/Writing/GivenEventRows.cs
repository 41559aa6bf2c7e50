using Typed.Storage;

namespace Typed.Streams.Writing;

/// <summary>An event under an id that its caller gave: the write that it came with, and its place there.</summary>
internal readonly record struct GivenEvent<TBody>(PendingEvents<TBody> Write, int Index)
    where TBody : IEventBody<TBody>
{
    public Guid Id => Write.IdAt(Index);

    public ReadOnlyMemory<byte> Body => Write.BodyAt(Index);
}

/// <summary>Events under ids that their callers gave: unique, sorted, and told which of them were new.</summary>
internal sealed class GivenEventRows<TBody> : EventRows, IGivenRows
    where TBody : IEventBody<TBody>
{
    private readonly GivenEvent<TBody>[] _events;

    private GivenEventRows(WriteTable table, BodyFormat format, string streamNamespace, GivenEvent<TBody>[] events)
        : base(table, format, streamNamespace, Array.ConvertAll(events, one => one.Id), Array.ConvertAll(events, one => one.Body)) => _events = events;

    public override bool AreNew => false;

    /// <summary>The rows of some writes: of two events under one id the first stays.</summary>
    /// <exception cref="InvalidOperationException">
    /// Two calls, or posted items, have different events under one id, so they cannot be flushed together.
    /// </exception>
    public static GivenEventRows<TBody> Of(WriteTable table, BodyFormat format, string streamNamespace, IEnumerable<PendingEvents<TBody>> writes)
    {
        // OrderBy is stable, which keeps the first of two in front.
        var kept = new List<GivenEvent<TBody>>();
        foreach (var one in writes.SelectMany(write => Enumerable.Range(0, write.Count).Select(index => new GivenEvent<TBody>(write, index))).OrderBy(one => one.Id))
        {
            if (kept.Count == 0 || kept[^1].Id != one.Id)
            {
                kept.Add(one);
            }
            else if ((kept[^1].Write != one.Write || one.Write.IsDivisible) && !kept[^1].Body.Span.SequenceEqual(one.Body.Span))
            {
                // The later one has to see the row of the earlier one.
                throw new InvalidOperationException($"Different events were put under {one.Id}.");
            }
        }

        return new(table, format, streamNamespace, [.. kept]);
    }

    public int IndexOf(Guid id) => Ids.BinarySearch(id);

    public void Conclude(IReadOnlyList<bool> stored)
    {
        for (var row = 0; row < _events.Length; row++)
        {
            _events[row].Write.SetNew(_events[row].Index, stored[row]);
        }
    }

    public Exception Refusal(int row, Exception? inner) => new EventRejectedException(
        _events[row].Index,
        [],
        $"another body than the event that is stored under {_events[row].Id:D}: an event cannot be changed, so put this one under an id of its own",
        inner);
}

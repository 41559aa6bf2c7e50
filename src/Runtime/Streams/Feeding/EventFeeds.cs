using Typed.Writing;

namespace Typed.Streams.Feeding;

/// <summary>The points that the events of a batch feed to all series of their class.</summary>
internal abstract class EventFeeds;

/// <inheritdoc/>
internal sealed class EventFeeds<TBody>(IReadOnlyList<FedPoints<TBody>> series) : EventFeeds
{
    private int _events;

    /// <summary>What makes the points of a batch that are written with it; null where there are none.</summary>
    public static Func<EventFeeds<TBody>>? Factory(IReadOnlyList<Feed<TBody>> feeds, ModelTables tables, string streamNamespace) =>
        feeds.All(static feed => feed.IsLater)
            ? null
            : () => new([.. feeds.Where(static feed => !feed.IsLater).Select(feed => feed.NewPoints(tables, streamNamespace))]);

    public IEnumerable<WriteLane> Lanes => series.Select(one => one.Lane);

    /// <summary>Takes the points of the next event.</summary>
    /// <param name="body">The event.</param>
    /// <param name="instant">Its time, in microseconds since 1970.</param>
    /// <param name="index">Its place in the put, for the error.</param>
    /// <exception cref="EventRejectedException">A point cannot be stored; nothing of the event is held.</exception>
    public void Add(TBody body, long instant, int index)
    {
        try
        {
            foreach (var one in series)
            {
                one.Add(body, instant);
            }
        }
        catch (Exception error)
        {
            CutTo(_events);
            if (error is RejectedPointException refused)
            {
                throw new EventRejectedException(index, [], $"what feeds a point that cannot be stored: {refused.Message}", refused);
            }

            throw;
        }

        _events++;
    }

    /// <summary>Takes the points of the only event of another one.</summary>
    public void AddFrom(EventFeeds<TBody> other)
    {
        for (var i = 0; i < series.Count; i++)
        {
            series[i].AddFrom(other.At(i));
        }

        _events++;
    }

    /// <summary>The points of some events, as writes that go with theirs.</summary>
    public IEnumerable<PendingWrite> Slice(int firstEvent, int events) => series.Select(one => one.Slice(firstEvent, events)).Where(write => write.Count > 0);

    /// <summary>Forgets the points of all events from one on.</summary>
    public void CutTo(int events)
    {
        foreach (var one in series)
        {
            one.CutTo(events);
        }

        _events = events;
    }

    /// <summary>Forgets the points of the first events.</summary>
    public void RemoveFirst(int events)
    {
        foreach (var one in series)
        {
            one.RemoveFirst(events);
        }

        _events -= events;
    }

    private FedPoints<TBody> At(int index) => series[index];
}

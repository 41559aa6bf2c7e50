using Typed.Writing;

namespace Typed.Streams.Feeding;

/// <summary>The points that the events of a batch feed to one series.</summary>
internal abstract class FedPoints<TBody>
{
    /// <summary>How many points there are up to the end of each event.</summary>
    protected List<int> Ends { get; } = [];

    /// <summary>Where the points are combined.</summary>
    public abstract WriteLane Lane { get; }

    /// <summary>Takes the points of the next event.</summary>
    /// <param name="body">The event.</param>
    /// <param name="instant">Its time, in microseconds since 1970.</param>
    /// <exception cref="RejectedPointException">A point cannot be stored; <see cref="CutTo"/> forgets those of the event that came before it.</exception>
    public abstract void Add(TBody body, long instant);

    /// <summary>Takes the points of the only event of another one, of the same series.</summary>
    public abstract void AddFrom(FedPoints<TBody> other);

    /// <summary>The points of some events, as a write that goes with theirs.</summary>
    public abstract PendingWrite Slice(int firstEvent, int events);

    /// <summary>All points, as a write that its caller waits for.</summary>
    public abstract PendingWrite Whole(StoreWriter writer);

    /// <summary>Forgets the points of all events from one on, and of an event whose points were not all taken.</summary>
    public abstract void CutTo(int events);

    /// <summary>Forgets the points of the first events.</summary>
    public abstract void RemoveFirst(int events);

    /// <summary>Where the points of an event start.</summary>
    protected int StartOf(int index) => index == 0 ? 0 : Ends[index - 1];
}

namespace Typed.Writing;

/// <summary>
/// Flushes calls whose keys belong to several flushers: it stops those, and writes what they hold together with the calls, in order of arrival.
/// </summary>
internal sealed class JointFlusher(StoreWriter store, IReadOnlyList<Flusher> parts) : Flusher(store)
{
    protected override long Barrier => long.MaxValue;

    // Always in one order, so that two never wait for each other.
    protected override async Task HoldAsync()
    {
        foreach (var part in parts)
        {
            await HoldAsync(part).ConfigureAwait(false);
        }
    }

    protected override void Release()
    {
        foreach (var part in parts)
        {
            Release(part);

            // What came after a call has waited for it.
            part.Wake(isUrgent: false);
        }
    }

    // A call that left between two flushes held the parts back, and no flush comes that would wake them.
    protected override void Rest()
    {
        foreach (var part in parts)
        {
            part.Wake(isUrgent: false);
        }
    }

    protected override List<PendingWrite> Take()
    {
        var taken = new List<PendingWrite>();

        // Whatever came before this place is in its queue by now. Where a part has more than a flush takes, all are taken up to the same place.
        var place = Store.NextTicket();
        var reach = parts.Append(this).Min(part => Reach(part, place));
        foreach (var part in parts)
        {
            TakeInto(taken, part, reach);
        }

        TakeInto(taken, reach);
        taken.Sort((left, right) => left.Ticket.CompareTo(right.Ticket));
        return taken;
    }

    protected override void Arrived()
    {
        foreach (var part in parts)
        {
            part.EndPosted();
        }
    }
}

using System.Diagnostics;
using Typed.Diagnostics;
using Typed.Streams.Following;
using Typed.Streams.Reading;

namespace Typed.Consuming.Feeding;

/// <summary>Feeds one series with the events of one namespace, page by page.</summary>
/// <param name="begin">Where it begins that has no position in the database yet.</param>
/// <param name="tail">The events.</param>
/// <param name="positions">The positions of all consumers.</param>
/// <param name="status">Told how it goes.</param>
/// <param name="pages">What writes the points.</param>
internal sealed class NamespaceFeed<TBody>(
    ConsumerPosition begin, EventTail<TBody> tail, StoreConsumers positions, ConsumerStatus status, ConsumerPages<TBody> pages)
    where TBody : IEventBody<TBody>
{
    /// <summary>The most events whose points are written in one transaction.</summary>
    private const int MostEvents = 1_000;

    /// <summary>How long a position that was refused is not asked for again, unless somebody moves it.</summary>
    private static readonly TimeSpan s_refused = TimeSpan.FromSeconds(10);

    private StreamPosition? _stored;
    private StreamPosition _checked;
    private StreamPosition? _refused;
    private long _refusedAt;
    private int _rows = EventPageSize.FirstRows;

    /// <summary>Feeds the events of the next page.</summary>
    /// <param name="stored">Where the feed stands; null: nowhere yet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<FeedStep> StepAsync(StreamPosition? stored, CancellationToken cancellationToken)
    {
        if (stored is not { } at)
        {
            await positions.CreateAsync(begin, cancellationToken).ConfigureAwait(false);
            return FeedStep.Worked;
        }

        if (_refused == at && Stopwatch.GetElapsedTime(_refusedAt) < s_refused)
        {
            return FeedStep.Stuck;
        }

        try
        {
            if (_stored != at)
            {
                (_checked, _stored) = (await tail.CheckAsync(at, cancellationToken).ConfigureAwait(false), at);
            }

            var (page, isPending) = await tail.NextAsync(_checked, Math.Min(_rows, MostEvents), cancellationToken).ConfigureAwait(false);
            using (page)
            {
                if (page is not { Rows: > 0 })
                {
                    return isPending ? FeedStep.Pending : FeedStep.Idle;
                }

                if (await pages.HandleAsync(at, page, cancellationToken).ConfigureAwait(false))
                {
                    (_checked, _stored, _rows) = (page.Last, page.Last, page.NextRows);
                }
                else
                {
                    _stored = null;
                }

                return FeedStep.Worked;
            }
        }
        catch (StreamPositionException refusal)
        {
            status.Failed(refusal);
            (_refused, _refusedAt, _stored) = (at, Stopwatch.GetTimestamp(), null);
            return FeedStep.Stuck;
        }
    }
}

/// <summary>What a look at a namespace came to.</summary>
internal enum FeedStep
{
    /// <summary>There is nothing to feed.</summary>
    Idle,

    /// <summary>There are events behind a transaction that still runs.</summary>
    Pending,

    /// <summary>There was something, and there may be more.</summary>
    Worked,

    /// <summary>The position belongs to another history of commits: somebody has to move it.</summary>
    Stuck,
}

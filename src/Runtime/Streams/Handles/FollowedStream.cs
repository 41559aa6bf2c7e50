using System.Runtime.CompilerServices;
using Typed.Streams.Following;
using Typed.Streams.Reading;

namespace Typed;

/// <summary>
/// A declared event stream with <c>Follow = true</c> in one namespace of one store: everything of <see cref="EventStream{TBody}"/>, and a live tail.
/// </summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class FollowedStream<TBody> : EventStream<TBody>
    where TBody : IFollowedEventBody<TBody>
{
    private const int DefaultBatch = 1_000;

    private readonly StoreFollowing _following;

    internal FollowedStream(EventSource<TBody> source, StoreFollowing following)
        : base(source) => _following = following;

    /// <summary>
    /// The events after a position in the order of their commits, those to come included: the loop waits for them, and ends only when it is cancelled. No event
    /// is left out, whatever commits late, and none comes twice. A transaction that stays open anywhere in a PostgreSQL cluster delays what was committed after
    /// it began.
    /// </summary>
    /// <param name="after">Where an earlier loop stopped, or <see cref="EndPositionAsync"/>. Default: <see cref="StreamPosition.Start"/>.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    /// <exception cref="StreamPositionException">The position belongs to another history of commits: the database was restored.</exception>
    /// <exception cref="UnreadableEventException">A stored event does not fit its class. Following goes on after its <c>Position</c>.</exception>
    /// <exception cref="ReadFailedException">The database refused, or did not answer within <c>ReadTimeout</c>. Nothing is lost: follow from the last
    /// position.</exception>
    /// <exception cref="NotSupportedException">The database's transactions span servers.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<FollowedEvent<TBody>> Follow(
        StreamPosition after = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in Tail.ReadAsync(after, EventPageSize.MostRows, idle: null, cancellationToken).ConfigureAwait(false))
        {
            while (page.TryTake(out var read, out var failure, out var position))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (read is not null)
                {
                    yield return new(read, position);
                }
                else
                {
                    (Handler ?? throw failure!)(failure!);
                }
            }
        }
    }

    /// <summary>The same in pages with one position each, for those who commit how far they are together with their work.</summary>
    /// <param name="after">Where an earlier loop stopped, or <see cref="EndPositionAsync"/>. Default: <see cref="StreamPosition.Start"/>.</param>
    /// <param name="most">The most events of a page, 1 to 5 000. Pages come as soon as there is an event.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is not 1 to 5 000.</exception>
    /// <inheritdoc cref="Follow"/>
    public IAsyncEnumerable<FollowedBatch<TBody>> FollowBatches(
        StreamPosition after = default, int most = DefaultBatch, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, EventPageSize.MostRows);
        return ReadBatchesAsync(after, most, cancellationToken);
    }

    /// <summary>
    /// The position behind what is committed now, to follow what is to come. On PostgreSQL events that were committed while an earlier transaction was still
    /// open
    /// come after it too: it leaves nothing out.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">The database refused, or did not answer within <c>ReadTimeout</c>.</exception>
    /// <exception cref="NotSupportedException">The database's transactions span servers.</exception>
    public ValueTask<StreamPosition> EndPositionAsync(CancellationToken cancellationToken = default) => Tail.EndAsync(cancellationToken);

    /// <inheritdoc cref="EventRange{TBody}.OnUnreadable"/>
    public new FollowedStream<TBody> OnUnreadable(Action<UnreadableEventException> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new(Source, _following) { Handler = handler };
    }

    internal EventTail<TBody> Tail => new(Source, _following);

    private async IAsyncEnumerable<FollowedBatch<TBody>> ReadBatchesAsync(
        StreamPosition after, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in Tail.ReadAsync(after, most, idle: null, cancellationToken).ConfigureAwait(false))
        {
            List<FollowedEvent<TBody>> events = new(page.Rows);
            while (page.TryTake(out var read, out var failure, out var position))
            {
                if (read is not null)
                {
                    events.Add(new(read, position));
                }
                else
                {
                    (Handler ?? throw failure!)(failure!);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            yield return new(events, page.Last);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Streams.Feeding;
using Typed.Streams.Reading;
using Typed.Time;
using Typed.Writing;

namespace Typed.Streams.Rebuilding;

/// <summary>A stream that feeds a series, with its events, which is being rebuilt.</summary>
internal abstract class RebuildSource(InsertLog log, TimeSpan? retain)
{
    /// <summary>Tells of the events that are put meanwhile.</summary>
    public InsertLog Log => log;

    /// <summary>How long the stream keeps its events; null: for ever.</summary>
    public TimeSpan? Retain => retain;

    /// <summary>Reads the events that were there before the log, and hands on what each page of them feeds.</summary>
    public abstract ValueTask ReadOthersAsync(StoreScope scope, Func<PendingWrite, ValueTask> take, CancellationToken cancellationToken);

    /// <summary>Reads the events that the log has taken: how many they are, and what each page of them feeds.</summary>
    public abstract ValueTask<(int Events, IReadOnlyList<PendingWrite> Writes)> ReadTakenAsync(
        Session session, StoreWriter writer, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <param name="statements">The statements on the stream.</param>
/// <param name="log">Tells of the events that are put meanwhile.</param>
/// <param name="feeds">What of the stream feeds the series.</param>
/// <param name="staged">The tables in which the series is made anew.</param>
internal sealed class RebuildSource<TBody>(StreamStatements statements, InsertLog log, IReadOnlyList<Feed<TBody>> feeds, ModelTables staged)
    : RebuildSource(log, TBody.Stream.Retain)
    where TBody : IEventBody<TBody>
{
    /// <summary>What of a stream feeds a series with its events; null: nothing.</summary>
    public static RebuildSource? Find(ModelTables tables, StreamDefinition stream, SeriesDefinition series, ModelTables staged)
    {
        Feed<TBody>[] feeds = [.. TBody.Feeds.Where(feed => !feed.IsLater && feed.Series.PointType == series.PointType)];
        var statements = tables.Stream(stream);
        return feeds.Length == 0 ? null : new RebuildSource<TBody>(statements, new(statements.Table, series.Name, tables.Dialect), feeds, staged);
    }

    public override async ValueTask ReadOthersAsync(StoreScope scope, Func<PendingWrite, ValueTask> take, CancellationToken cancellationToken)
    {
        Asked asked = new("events", $"stream '{TBody.Stream.Name}'");
        var namespaces = await scope.ReadAsync(
            asked, new Sql(statements.Namespaces), () => new NamesQuery(streamNamespace: null), cancellationToken).ConfigureAwait(false);
        foreach (var name in namespaces.Names)
        {
            await ReadAsync(
                name,
                page => scope.ReadAsync(asked, Log.Others, page, cancellationToken),
                scope.Writer!, take, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask<(int Events, IReadOnlyList<PendingWrite> Writes)> ReadTakenAsync(
        Session session, StoreWriter writer, CancellationToken cancellationToken)
    {
        var namespaces = new NamesQuery(streamNamespace: null);
        await session.ReadAsync(Log.TakenNamespaces, namespaces, cancellationToken).ConfigureAwait(false);
        var count = 0;
        List<PendingWrite> writes = [];
        foreach (var name in namespaces.Names)
        {
            count += await ReadAsync(name, ReadPageAsync, writer, Keep, cancellationToken).ConfigureAwait(false);
        }

        return (count, writes);

        ValueTask Keep(PendingWrite write)
        {
            writes.Add(write);
            return default;
        }

        async ValueTask<EventPage<TBody>> ReadPageAsync(Func<EventPage<TBody>> make)
        {
            var page = make();
            await session.ReadAsync(Log.Taken, page, cancellationToken).ConfigureAwait(false);
            return page;
        }
    }

    private async ValueTask<int> ReadAsync(
        string streamNamespace,
        Func<Func<EventPage<TBody>>, ValueTask<EventPage<TBody>>> read,
        StoreWriter writer,
        Func<PendingWrite, ValueTask> take,
        CancellationToken cancellationToken)
    {
        var (range, rows, count) = (IdRange.All, EventPageSize.FirstRows, 0);
        while (!range.IsEmpty)
        {
            using var page = await read(() => new(streamNamespace, range, rows, EventPageSize.MostBytes)).ConfigureAwait(false);
            FedPoints<TBody>[] points = [.. feeds.Select(feed => feed.NewPoints(staged, streamNamespace))];
            while (TryTake(page, out var one))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(points, one);
            }

            foreach (var fed in points)
            {
                if (fed.Whole(writer) is { Count: > 0 } write)
                {
                    await take(write).ConfigureAwait(false);
                }
            }

            count += page.Rows;
            if (!page.IsFull)
            {
                break;
            }

            range = range.After(page.LastId, descending: false);
            rows = EventPageSize.After(page);
        }

        return count;
    }

    private static bool TryTake(EventPage<TBody> page, [NotNullWhen(true)] out Event<TBody>? one)
    {
        if (!page.TryTake(out one, out var unreadable))
        {
            return false;
        }

        return one is not null ? true : throw unreadable!;
    }

    private static void Add(FedPoints<TBody>[] points, Event<TBody> one)
    {
        try
        {
            foreach (var fed in points)
            {
                fed.Add(one.Body, Instant.From(one.Time));
            }
        }
        catch (RejectedPointException refused)
        {
            throw new InvalidOperationException(
                $"Event {one.Id} of stream '{TBody.Stream.Name}' feeds a point that cannot be stored: {refused.Message} "
                + "The series is as it was: let the method of [Feeds] give null for such an event, or delete it.",
                refused);
        }
    }
}

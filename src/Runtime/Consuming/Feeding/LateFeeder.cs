using System.Diagnostics;
using Typed.Diagnostics;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Streams;
using Typed.Streams.Feeding;
using Typed.Streams.Following;
using Typed.Streams.Reading;
using Typed.Writing;

namespace Typed.Consuming.Feeding;

/// <summary>Feeds series with the events of one stream, after these. Of all processes that share a database one at a time does.</summary>
internal abstract class LateFeeder
{
    /// <summary>Notes where it begins, unless somebody has: what is stored before it is declared feeds nothing.</summary>
    /// <param name="isTableMissing">Whether an error says that there is no table yet.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract ValueTask PrepareAsync(Func<Exception, bool> isTableMissing, CancellationToken cancellationToken);

    /// <summary>Feeds until it is cancelled; then it ends without an exception.</summary>
    public abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Waits until every event that is committed now has fed its points, whoever does it.</summary>
    public abstract ValueTask WaitAsync(CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <param name="scope">The store.</param>
/// <param name="tables">Its tables.</param>
/// <param name="statements">The statements on the stream.</param>
/// <param name="following">What followers share.</param>
/// <param name="positions">The positions of all consumers.</param>
/// <param name="feeds">The series, each with a position of its own in each namespace.</param>
internal sealed class LateFeeder<TBody>(
    StoreScope scope, ModelTables tables, StreamStatements statements, StoreFollowing following, StoreConsumers positions,
    IReadOnlyList<LateFeed<TBody>> feeds)
    : LateFeeder
    where TBody : IEventBody<TBody>
{
    private static readonly TimeSpan s_takeOver = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause of one namespace, while the others wait.</summary>
    private static readonly TimeSpan s_longestStay = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at how far another process has come.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, NamespaceFeed<TBody>> _running = new(StringComparer.Ordinal);

    private string Stream => statements.Table.Stream.Name;

    public override async ValueTask PrepareAsync(Func<Exception, bool> isTableMissing, CancellationToken cancellationToken)
    {
        foreach (var feed in feeds)
        {
            // The default namespace has a position from the beginning on, which says that there was one.
            var first = FeedNames.Of(Stream, feed.Series.Name, StreamNames.DefaultNamespace);
            if (await positions.FindAsync(first, cancellationToken).ConfigureAwait(false) is null)
            {
                var (end, namespaces) = await EndAsync(isTableMissing, cancellationToken).ConfigureAwait(false);
                await positions.CreateAllAsync(
                    [.. namespaces.Prepend(StreamNames.DefaultNamespace).Distinct(StringComparer.Ordinal).Select(space => Position(feed, space, end))],
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The end of what is stored, and the namespaces that are. Migrations of an application may make the table only after the store is open.</summary>
    private async ValueTask<(StreamPosition End, IReadOnlyList<string> Namespaces)> EndAsync(
        Func<Exception, bool> isTableMissing, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await Tail(StreamNames.DefaultNamespace).EndAsync(cancellationToken).ConfigureAwait(false),
                await NamespacesAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (isTableMissing((error as ReadFailedException)?.InnerException ?? error))
        {
            return (StreamPosition.Start, []);
        }
    }

    public override async Task RunAsync(CancellationToken cancellationToken)
    {
        // Not on the thread that opens the store: SQLite's calls only look asynchronous.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        ConsumerStatus[] status = [.. feeds.Select(feed => scope.Writer!.Telemetry.NewConsumer(FeedNames.Of(Stream, feed.Series.Name), Stream, isFeed: true))];
        var pause = s_firstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(status, cancellationToken).ConfigureAwait(false);
                pause = s_firstPause;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                foreach (var one in status)
                {
                    one.Failed(error);
                }

                await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // What broke on its way out.
            }
        }

        foreach (var one in status)
        {
            one.Dispose();
        }
    }

    public override async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var tail = Tail(StreamNames.DefaultNamespace);
        var end = await tail.EndOrderAsync(cancellationToken).ConfigureAwait(false);
        foreach (var space in await NamespacesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var feed in feeds)
            {
                while (!await IsFedAsync(feed, space, end, cancellationToken).ConfigureAwait(false))
                {
                    await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async ValueTask<bool> IsFedAsync(LateFeed<TBody> feed, string space, long end, CancellationToken cancellationToken)
    {
        var found = await positions.FindAsync(FeedNames.Of(Stream, feed.Series.Name, space), cancellationToken).ConfigureAwait(false);
        return found is not null && await Tail(space).IsPastAsync(found.Position, end, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunOnceAsync(ConsumerStatus[] status, CancellationToken cancellationToken)
    {
        var lease = await scope.Database.TryLeaseAsync($"{positions.Statements.Table} {FeedNames.Lease(Stream)}", cancellationToken)
            .ConfigureAwait(false);
        if (lease is null)
        {
            foreach (var one in status)
            {
                one.Standby();
            }

            await Task.Delay(s_takeOver * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var _ = lease.ConfigureAwait(false);
        _running.Clear();
        await LeasedWork.RunAsync(
            lease, static _ => new(false), static _ => true, token => SweepAllAsync(status, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at all namespaces again and again, at once where something was committed into one.</summary>
    private async Task SweepAllAsync(ConsumerStatus[] status, CancellationToken cancellationToken)
    {
        using var commits = following.Signals.Subscribe(statements.Table.Name, part: null);
        following.Watch();
        var pause = default(FollowPause);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (seen, began) = (commits.Version, Stopwatch.GetTimestamp());
            var step = await SweepAsync(status, cancellationToken).ConfigureAwait(false);
            if (step == FeedStep.Worked)
            {
                pause.Reset();
                continue;
            }

            // Many namespaces are not looked at all the time.
            var (next, took) = (pause.Next(step == FeedStep.Pending, following.Signals.Hears), Stopwatch.GetElapsedTime(began));
            await commits.WaitAsync(seen, took > next ? took : next, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at all namespaces once.</summary>
    private async ValueTask<FeedStep> SweepAsync(ConsumerStatus[] status, CancellationToken cancellationToken)
    {
        var namespaces = await NamespacesAsync(cancellationToken).ConfigureAwait(false);
        var stored = (await positions.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(
            static one => one.Name, static one => one.Position, StringComparer.Ordinal);
        HashSet<FeedStep> all = [];
        for (var i = 0; i < feeds.Count; i++)
        {
            HashSet<FeedStep> steps = [];
            foreach (var space in namespaces)
            {
                var name = FeedNames.Of(Stream, feeds[i].Series.Name, space);
                var feed = _running.TryGetValue(name, out var known) ? known : _running[name] = Feed(feeds[i], space, status[i]);
                steps.Add(await feed.StepAsync(stored.TryGetValue(name, out var at) ? at : null, cancellationToken).ConfigureAwait(false));
            }

            if (!steps.Overlaps([FeedStep.Worked, FeedStep.Stuck]))
            {
                status[i].CaughtUp();
            }

            all.UnionWith(steps);
        }

        return all.Contains(FeedStep.Worked) ? FeedStep.Worked : all.Contains(FeedStep.Pending) ? FeedStep.Pending : FeedStep.Idle;
    }

    private NamespaceFeed<TBody> Feed(LateFeed<TBody> feed, string space, ConsumerStatus status)
    {
        var begin = Position(feed, space, StreamPosition.Start);
        FeedWork<TBody> work = new(begin.Name, scope, positions, () => feed.NewPoints(tables, space));
        return new(
            begin, Tail(space), positions, status,
            new(begin.Name, positions, scope.Database, status, work, mostAttempts: 1, s_longestStay));
    }

    private ConsumerPosition Position(LateFeed<TBody> feed, string space, StreamPosition at) =>
        new(FeedNames.Of(Stream, feed.Series.Name, space), Stream, space, at, default);

    private EventTail<TBody> Tail(string space) => new(new EventSource<TBody>(scope, tables, statements, space), following);

    private async ValueTask<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellationToken)
    {
        var query = await scope.ReadAsync(
            new("the namespaces", $"stream '{Stream}'"), new Sql(statements.Namespaces), () => new NamesQuery(streamNamespace: null), cancellationToken)
            .ConfigureAwait(false);
        return query.Names;
    }
}

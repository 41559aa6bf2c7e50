using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Streams.Rebuilding;

/// <summary>
/// Makes a series anew from the events of the streams that feed it, while others write and read. The new rows grow in tables beside those of the series: first
/// what events come to that are there, then what was put meanwhile, which a log tells. At last nobody writes into the series for a moment, in which the rest of
/// the log is added and the rows are exchanged; where they are many, a part of them at a time.
/// </summary>
/// <param name="scope">The store.</param>
/// <param name="series">The series.</param>
/// <param name="tables">The store's tables.</param>
/// <param name="sources">The streams that feed it with their events.</param>
/// <param name="restarts">What makes those begin again that feed it later, in the same transaction.</param>
internal sealed class FedSeriesRebuild(
    StoreScope scope, SeriesDefinition series, ModelTables tables, IReadOnlyList<RebuildSource> sources,
    IReadOnlyList<(Sql Sql, IParameters Parameters)> restarts)
{
    /// <summary>The events that may be left to the transaction that keeps others from writing.</summary>
    private const int FewEvents = 1_000;

    /// <summary>How often the log is read before that: where events come faster than they are read, waiting longer helps nobody.</summary>
    private const int MostRounds = 20;

    private static readonly TimeSpan s_untilUnlocked = TimeSpan.FromMilliseconds(500);

    private readonly StoreWriter _writer = scope.Writer!;
    private readonly RepeatedWork _work = new(scope.Writer!, scope.Database);

    /// <summary>The tables in the order in which every writer takes them.</summary>
    private readonly (StagedTable Table, Interval? Interval)[] _staged =
        [.. tables.Staged(series).OrderBy(staged => staged.Table.Name, StringComparer.Ordinal)];

    /// <exception cref="InvalidOperationException">Another process rebuilds the series, or an event feeds a point that cannot be stored.</exception>
    /// <exception cref="UnreadableEventException">The class of a stream cannot read an event.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var lease = await scope.Database.TryLeaseAsync($"rebuild {_staged[0].Table.Name}", cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{series.PointType.Name} is being rebuilt already, here or in another process.");
        await using var _ = lease.ConfigureAwait(false);

        // What a process left that was killed, and what this one leaves where it fails.
        await DropAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await CreateAsync(cancellationToken).ConfigureAwait(false);
            foreach (var source in sources)
            {
                await source.ReadOthersAsync(scope, write => _writer.WriteAsync(write, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            var rounds = 0;
            while (await CatchUpAsync(cancellationToken).ConfigureAwait(false) > FewEvents && ++rounds < MostRounds)
            {
                // It gets shorter each time.
            }

            foreach (var rows in (await PlanAsync(cancellationToken).ConfigureAwait(false)).Steps)
            {
                await StepAsync((session, token) => ExchangeAsync(session, rows, token), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await DropAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(_staged.SelectMany(staged => staged.Table.Create), cancellationToken).ConfigureAwait(false);
        foreach (var source in sources)
        {
            await ExecuteAsync(source.Log.Create, cancellationToken).ConfigureAwait(false);
        }
    }

    // The triggers first: what is put must find its log.
    private async ValueTask DropAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await ExecuteAsync(source.Log.Drop, cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(_staged.Select(staged => staged.Table.Drop), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds what was put since the last time, and gives the number of events.</summary>
    private async ValueTask<int> CatchUpAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var source in sources)
        {
            await StepAsync((session, token) => session.ExecuteAllAsync([(source.Log.Take, NoParameters.Instance)], token), cancellationToken)
                .ConfigureAwait(false);
            var (events, writes) = await scope.ReadAsync(
                new("events", $"the log of {series.Name}"), (session, token) => source.ReadTakenAsync(session, _writer, token), cancellationToken)
                .ConfigureAwait(false);
            count += events;
            foreach (var write in writes)
            {
                await _writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            }

            await StepAsync((session, token) => session.ExecuteAllAsync([(source.Log.Finish, NoParameters.Instance)], token), cancellationToken)
                .ConfigureAwait(false);
        }

        return count;
    }

    private ValueTask<ExchangePlan> PlanAsync(CancellationToken cancellationToken) => scope.ReadAsync(
        new("the sizes", series.Name),
        async (session, token) =>
        {
            var plan = new ExchangePlan();
            foreach (var (table, interval) in _staged)
            {
                if (First(interval) is not { } first)
                {
                    continue;
                }

                if (restarts.Count == 0)
                {
                    await plan.AddAsync(table, first, session, token).ConfigureAwait(false);
                }
                else
                {
                    // What is fed later is fed to all rows again.
                    plan.AddWhole(table, first);
                }
            }

            return plan;
        },
        cancellationToken);

    /// <summary>
    /// Adds the rest of the log to the new rows and exchanges some. Whoever has put an event and not committed yet waits for the series' tables, or is waited
    /// for: then the log tells it. What is put after that is added by whoever puts it to the rows that were exchanged, and by the next step to the others. So
    /// it may be done again where the answer is lost.
    /// </summary>
    private ValueTask<long> ExchangeAsync(Session session, IReadOnlyList<ExchangedRows> rows, CancellationToken cancellationToken) =>
        session.InTransactionAsync(async () =>
        {
            if (tables.Dialect.WaitShortly is { } wait)
            {
                await session.ExecuteOnceAsync(wait, cancellationToken).ConfigureAwait(false);
            }

            // First, as those do it that feed it later.
            foreach (var (sql, parameters) in restarts)
            {
                await session.ExecuteAsync(sql, parameters, cancellationToken).ConfigureAwait(false);
            }

            foreach (var sql in _staged.SelectMany(staged => staged.Table.Exclude))
            {
                await session.ExecuteOnceAsync(sql, cancellationToken).ConfigureAwait(false);
            }

            foreach (var source in sources)
            {
                await session.ExecuteAsync(source.Log.Take, NoParameters.Instance, cancellationToken).ConfigureAwait(false);
                var (_, writes) = await source.ReadTakenAsync(session, _writer, cancellationToken).ConfigureAwait(false);
                foreach (var write in writes)
                {
                    await session.ApplyAsync(stamp: null, _writer.Combine([write]).Tables, late: null, mayBeApplied: false, cancellationToken)
                        .ConfigureAwait(false);
                }

                await session.ExecuteAsync(source.Log.Finish, NoParameters.Instance, cancellationToken).ConfigureAwait(false);
            }

            var exchanged = 0L;
            foreach (var part in rows)
            {
                exchanged += await session.ExecuteAsync(part.Table.Delete, part, cancellationToken).ConfigureAwait(false);
                exchanged += await session.ExecuteAsync(part.Table.Copy, part, cancellationToken).ConfigureAwait(false);
            }

            return exchanged;
        },
        cancellationToken);

    /// <summary>The first bucket, or instant, of which the streams still hold everything; null: there is none.</summary>
    private long? First(Interval? interval)
    {
        if (sources.Min(source => source.Retain) is not { } retained)
        {
            return Instant.Min;
        }

        var oldest = Math.Max(Instant.Min, scope.Now - (retained.Ticks / TimeSpan.TicksPerMicrosecond));
        if (interval is null)
        {
            return oldest;
        }

        var bucket = interval.BucketOf(oldest);
        return bucket == oldest ? bucket : interval.Step.TryNext(bucket, out var next) ? next : null;
    }

    private async ValueTask ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellationToken) => await StepAsync(
        (session, token) => session.InTransactionAsync(
            async () =>
            {
                foreach (var sql in tables.Dialect.WaitShortly is { } wait ? statements.Prepend(wait) : statements)
                {
                    await session.ExecuteOnceAsync(sql, token).ConfigureAwait(false);
                }

                return true;
            },
            token),
        cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Does something in a transaction of its own that may be done twice. Locks are waited for in short turns, for as long as others hold them: everybody else
    /// waits behind whoever waits for a table.
    /// </summary>
    private async ValueTask<T> StepAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await _work.RunAsync(work, _staged.Select(staged => staged.Table.Name), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (_writer.Classify(error) == Failure.Locked)
            {
                await Task.Delay(s_untilUnlocked, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

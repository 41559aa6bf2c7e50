using System.Globalization;
using Typed.Storage;
using Typed.Time;

namespace Typed.Writing;

/// <summary>
/// Flushes combined rows in order, each flush once: a sequence in <c>typed_writers</c> moves forward in the same transaction, so a flush that is
/// presented again after an error of unknown outcome is recognised if it had been applied.
/// </summary>
internal sealed class StoreWriter(Database database, WriteOptions options, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Guid _id = Guid.NewGuid();
    private long _sequence;

    /// <summary>Writes the rows in one transaction.</summary>
    /// <exception cref="WriteFailedException">The database refused, or did not answer within the time allowed.</exception>
    public async ValueTask FlushAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _sequence++;
            await PresentAsync(tables, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits for the flush that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _gate.Release();
    }

    private async ValueTask PresentAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.WriteTimeout);
        var mayBeApplied = false;
        Exception? last = null;
        for (var delay = s_firstDelay; ; delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay)
        {
            try
            {
                await AttemptAsync(tables, mayBeApplied, timeout.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
            {
                throw TimedOut(last ?? canceled, mayBeApplied || last is null);
            }
            catch (Exception error) when (database.Classify(error) is { } failure)
            {
                mayBeApplied |= failure == Failure.OutcomeUnknown;
                if (failure is Failure.Overflow or Failure.Refused)
                {
                    throw Refused(error, failure, tables);
                }

                last = error;
            }

            try
            {
                // Jitter: processes that were thrown out together do not come back together.
                await Task.Delay(delay * (0.5 + Random.Shared.NextDouble()), timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw TimedOut(last, mayBeApplied);
            }
        }
    }

    private async ValueTask AttemptAsync(IReadOnlyList<ITableRows> tables, bool mayBeApplied, CancellationToken cancellationToken)
    {
        var session = await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        var stamp = new WriterStamp(_id, _sequence, Instant.From(clock.GetUtcNow()));
        await session.ApplyAsync(stamp, tables, mayBeApplied, cancellationToken).ConfigureAwait(false);
    }

    private WriteFailedException TimedOut(Exception last, bool mayBeApplied)
    {
        var outcome = mayBeApplied ? "It is not known whether the write was committed." : "Nothing was written.";
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{database.Address} took no write within {options.WriteTimeout.TotalSeconds} s (WriteTimeout): {last.Message} {outcome} On SQLite, a transaction of the caller's own that holds the write lock has this effect: write through In(dbContext) inside it."),
            outcomeKnown: !mayBeApplied,
            last);
    }

    private WriteFailedException Refused(Exception error, Failure failure, IReadOnlyList<ITableRows> tables)
    {
        var names = tables.Select(t => t.Table);
        return failure == Failure.Overflow
            ? WriteFailedException.Overflow(database.Address, names, error)
            : new($"{database.Address} refused the write ({string.Join(", ", names)}): {error.Message} Nothing was written.", outcomeKnown: true, error);
    }
}

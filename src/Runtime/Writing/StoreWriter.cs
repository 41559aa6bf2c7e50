using System.Globalization;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Flushes combined rows in order, each flush once: a sequence in <c>typed_writers</c> moves forward in the same transaction, so a flush that is
/// presented again after an error of unknown outcome is recognised if it had been applied.
/// </summary>
internal sealed class StoreWriter(Database database, RetryPolicy retry, WriteOptions options) : IAsyncDisposable
{
    private delegate ValueTask<long> Attempt(Session session, bool mayBeApplied, CancellationToken cancellationToken);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Guid _id = Guid.NewGuid();
    private long _sequence;

    /// <summary>Writes the rows in one transaction.</summary>
    /// <exception cref="WriteFailedException">The database refused, or did not answer within the time allowed.</exception>
    public async ValueTask FlushAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        using var deadline = RetryPolicy.Within(options.WriteTimeout, cancellationToken);
        try
        {
            await _gate.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(new TimeoutException("writes of this store that came before are still under way.", canceled), mayBeApplied: false);
        }

        try
        {
            var sequence = ++_sequence;
            await PresentAsync(
                async (session, mayBeApplied, token) =>
                {
                    await session.ApplyAsync(new WriterStamp(_id, sequence), tables, mayBeApplied,
                        token).ConfigureAwait(false);
                    return 0;
                },
                failure => Refused(failure, tables),
                deadline,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs statements that delete in one transaction. Deleted twice is deleted, so they need no sequence, and wait for no flush.</summary>
    /// <exception cref="WriteFailedException">The database refused, or did not answer within the time allowed.</exception>
    public async ValueTask<long> ExecuteAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        using var deadline = RetryPolicy.Within(options.WriteTimeout, cancellationToken);
        return await PresentAsync(
            (session, _, token) => session.ExecuteAllAsync(statements, token),
            error => Refused(error, statements.Select(s => s.Sql.Text)),
            deadline,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the flush that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _gate.Release();
    }

    private async ValueTask<long> PresentAsync(
        Attempt attempt, Func<Exception, WriteFailedException> refused, Deadline deadline, CancellationToken cancellationToken)
    {
        var mayBeApplied = false;
        Exception? last = null;

        // Until there is a connection, whatever goes wrong leaves no doubt about the write.
        var connected = false;
        try
        {
            return await retry.RunAsync(PresentOnceAsync, MayPass, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(last ?? canceled, mayBeApplied || connected);
        }
        catch (Exception error) when (database.Classify(error) is Failure.Overflow or Failure.Refused)
        {
            throw refused(error);
        }

        async ValueTask<long> PresentOnceAsync(CancellationToken token)
        {
            var session = await database.OpenWriteAsync(token).ConfigureAwait(false);
            await using var _ = session.ConfigureAwait(false);
            connected = true;
            return await attempt(session, mayBeApplied, token).ConfigureAwait(false);
        }

        bool MayPass(Exception error)
        {
            var failure = database.Classify(error);
            if (failure is not (Failure.Transient or Failure.OutcomeUnknown))
            {
                return false;
            }

            mayBeApplied |= connected && failure == Failure.OutcomeUnknown;
            connected = false;
            last = error;
            return true;
        }
    }

    private WriteFailedException TimedOut(Exception last, bool mayBeApplied)
    {
        var outcome = mayBeApplied ? "It is not known whether the write was committed." : "Nothing was written.";
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{database.Address} took no write within {options.WriteTimeout.TotalSeconds} s (WriteTimeout): {last.Message} {outcome}{database.LockHint}"),
            outcomeKnown: !mayBeApplied,
            last);
    }

    private WriteFailedException Refused(Exception error, IReadOnlyList<ITableRows> tables) =>
        database.Classify(error) == Failure.Overflow && tables.Any(t => t.Added is not null)
        ? WriteFailedException.Overflow(database.Address, tables, error)
        : Refused(error, tables.Select(t => t.Table.Name));

    private WriteFailedException Refused(Exception error, IEnumerable<string> names) =>
        new($"{database.Address} refused the write ({string.Join(", ", names)}): {error.Message} Nothing was written.", outcomeKnown: true, error);
}

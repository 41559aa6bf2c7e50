using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Runs statements that delete, after what the store accepted before: what their caller posted is deleted too. They need no sequence while their COMMIT is a
/// round trip of its own: one that arrives late, with everything before it, would remove rows that came after it.
/// </summary>
internal sealed class Deletions(StoreWriter store)
{
    /// <summary>Runs statements in one transaction and gives the number of rows that they removed.</summary>
    /// <param name="type">The declared type whose rows they are.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="WriteFailedException">The database refused, or did not answer within the time allowed.</exception>
    public async ValueTask<long> RunAsync(Type type, IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        store.ThrowIfClosed();
        using var deadline = RetryPolicy.Within(store.Options.WriteTimeout, cancellationToken);
        Exception? last = null;
        var isSent = false;
        var mayBeApplied = false;
        try
        {
            if (store.Pending > 0 || store.Spool is { IsBehind: true })
            {
                last = new TimeoutException("writes of this store that came before are still under way.");
                await store.DrainAsync(type).WaitAsync(deadline.Token).ConfigureAwait(false);
                last = null;
            }

            return await store.Retry.RunAsync(
                token => store.Attempts.RunAsync(
                    () => isSent = true,
                    (session, attempt) => session.ExecuteAllAsync(statements, attempt),
                    store.Options.WriteTimeout,
                    token),
                MayPass,
                deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw store.Errors.TimedOut(last ?? canceled, mayBeApplied || isSent);
        }
        catch (Exception error) when (store.Classify(error) is Failure.Overflow or Failure.Refused or Failure.Denied or Failure.Locked)
        {
            throw store.Errors.Refused(error, statements.Select(s => s.Sql.Text));
        }

        bool MayPass(Exception error)
        {
            var failure = store.Classify(error);
            if (failure is not (Failure.Transient or Failure.Canceled or Failure.OutcomeUnknown))
            {
                return false;
            }

            mayBeApplied |= isSent && failure == Failure.OutcomeUnknown;
            isSent = false;
            last = error;
            return true;
        }
    }
}

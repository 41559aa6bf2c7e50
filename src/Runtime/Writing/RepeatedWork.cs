using System.Diagnostics;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>Does small things beside flushes that may be done twice, and again while the database is busy or away.</summary>
/// <param name="store">What says how long, and in what words it failed.</param>
/// <param name="database">The database: while a store is being opened another one than the writer's, which waits for that.</param>
internal sealed class RepeatedWork(StoreWriter store, Database database)
{
    private readonly RetryPolicy _retry = new(database);
    private readonly FlushAttempts _attempts = new(database);

    /// <summary>Does something on a session until it is done, or <c>WriteTimeout</c> has passed.</summary>
    /// <param name="work">What to do, in transactions: <see cref="Session.ExecuteAllAsync"/> or <see cref="Session.InTransactionAsync"/>.</param>
    /// <param name="names">The tables, for the error.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<T> RunAsync<T>(
        Func<Session, CancellationToken, ValueTask<T>> work, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await _retry.RunAsync(
                token => _attempts.RunAsync(static () => { }, work, Timeout.InfiniteTimeSpan, token),
                error => IsPassing(error) && Stopwatch.GetElapsedTime(started) < store.Options.WriteTimeout,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsPassing(error))
        {
            throw store.Errors.TimedOut(error, mayBeApplied: false);
        }
        catch (Exception error) when (store.Classify(error) is Failure.Refused or Failure.Denied or Failure.Overflow)
        {
            throw store.Errors.Refused(error, names);
        }
    }

    private bool IsPassing(Exception error) => store.Classify(error) is Failure.Transient or Failure.OutcomeUnknown;
}

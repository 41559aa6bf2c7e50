namespace Typed.Storage;

/// <summary>
/// When reads and writes of a store are tried again: one policy for both, on the store's clock. Inside a context's connection retries are the application's.
/// </summary>
internal sealed class RetryPolicy(Database database, TimeProvider clock)
{
    /// <summary>How long reading one page of a stream is retried.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(1);

    private volatile bool _isStopped;

    /// <summary>Whether a read that failed with this error may succeed on another connection.</summary>
    public bool MayPass(Exception error) => !_isStopped && database.Classify(error) is Failure.Transient or Failure.OutcomeUnknown;

    /// <summary>Ends all retries, because the store is disposed.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>A token that is cancelled when the time allowed has passed, or when the caller cancels.</summary>
    public Deadline Within(TimeSpan limit, CancellationToken cancellationToken) => new(limit, clock, cancellationToken);

    /// <summary>Runs an operation until it succeeds, with growing pauses.</summary>
    /// <param name="attempt">One attempt.</param>
    /// <param name="mayPass">Whether another attempt may succeed after an error; otherwise the error is thrown.</param>
    /// <param name="limit">The time after which the error is thrown instead of waiting; null where only the token ends the retries.</param>
    /// <param name="cancellationToken">Stops waiting and trying.</param>
    public async ValueTask<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> attempt, Func<Exception, bool> mayPass, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var delay = s_firstDelay; ; delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay)
        {
            try
            {
                return await attempt(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                if (!mayPass(error) || clock.GetElapsedTime(started) + delay >= limit)
                {
                    throw;
                }
            }

            // Jitter: processes that were thrown out together do not come back together.
            await Task.Delay(delay * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads, and reads again at once on a fresh connection where the first one was broken: after a restart of the server all connections of a pool are.
    /// </summary>
    /// <param name="read">Reads everything from the beginning, however often it is called.</param>
    public async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (!_isStopped && database.IsBroken(error))
        {
            database.DropIdle();
        }

        return await read().ConfigureAwait(false);
    }
}

/// <summary>The end of the time that an operation may take, on the store's clock, or its cancellation by the caller.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public Deadline(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        _timeout = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}

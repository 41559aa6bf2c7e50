namespace Typed.Storage;

/// <summary>
/// When reads and writes of a store are tried again. All waiting is by the system's clock: a store's own may stand still. Inside a context's connection retries
/// are the application's.
/// </summary>
internal sealed class RetryPolicy(Database database)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(1);

    /// <summary>A token that is cancelled when the time allowed has passed, or when the caller cancels.</summary>
    public static Deadline Within(TimeSpan limit, CancellationToken cancellationToken) => new(limit, cancellationToken);

    /// <summary>Runs an operation until it succeeds, with growing pauses.</summary>
    /// <param name="attempt">One attempt.</param>
    /// <param name="mayPass">Whether another attempt may succeed after an error; otherwise the error is thrown.</param>
    /// <param name="cancellationToken">Stops waiting and trying.</param>
    public async ValueTask<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> attempt, Func<Exception, bool> mayPass, CancellationToken cancellationToken)
    {
        for (var delay = s_firstDelay; ; delay = Shorter(delay * 2, s_longestDelay))
        {
            TimeSpan pause;
            try
            {
                return await attempt(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (mayPass(error))
            {
                pause = Shorter(delay, database.LongestPause(error));
                if (database.HasMoved(error))
                {
                    database.DropIdle();
                }
            }

            // Jitter: processes that were thrown out together do not come back together.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>The end of the time that an operation may take, or its cancellation by the caller.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _either;

    public Deadline(TimeSpan limit, CancellationToken cancellationToken)
    {
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _either.CancelAfter(limit);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose() => _either.Dispose();
}

using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Runs work on a connection, and gives the connection up when it has been silent too long, whatever the driver is doing: the work is told to stop and ends
/// by itself, its connection with it.
/// </summary>
internal sealed class FlushAttempts(Database database)
{
    /// <summary>Runs the work once.</summary>
    /// <param name="begin">Called when there is a connection, right before the work; never after the attempt was given up.</param>
    /// <param name="work">What to do on the connection.</param>
    /// <param name="limit">How long it may take, opening the connection included.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="TimeoutException">The limit has passed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<T> RunAsync<T>(
        Action begin, Func<Session, CancellationToken, ValueTask<T>> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        // A database in the process would do the work before anybody looked.
        cancellationToken.ThrowIfCancellationRequested();
        var attempt = new Attempt(begin);
        var running = OnceAsync(attempt, work);
        if (running.IsCompleted)
        {
            using (attempt)
            {
                return await running.ConfigureAwait(false);
            }
        }

        var task = running.AsTask();
        try
        {
            var result = await task.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
            attempt.Dispose();
            return result;
        }
        catch
        {
            attempt.GiveUp();
            _ = EndAsync(task, attempt);
            throw;
        }
    }

    private async ValueTask<T> OnceAsync<T>(Attempt attempt, Func<Session, CancellationToken, ValueTask<T>> work)
    {
        var session = await database.OpenWriteAsync(attempt.Token).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        session.Lock();
        attempt.Begin();
        return await work(session, attempt.Token).ConfigureAwait(false);
    }

    /// <summary>Ends work that nobody waits for. Its error concerns nobody: the caller has one already.</summary>
    private static async Task EndAsync(Task task, Attempt attempt)
    {
        // On another thread: Npgsql asks the server to cancel while the token's callbacks run.
        await attempt.CancelAsync().ConfigureAwait(false);
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        attempt.Dispose();
    }

    /// <summary>Once it is given up it does not begin any more, so that whoever gave it up knows whether something was sent.</summary>
    private sealed class Attempt(Action begin) : IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Lock _sync = new();
        private bool _isGivenUp;

        public CancellationToken Token => _stopping.Token;

        public void Begin()
        {
            lock (_sync)
            {
                if (_isGivenUp)
                {
                    throw new OperationCanceledException("The attempt was given up.");
                }

                begin();
            }
        }

        public void GiveUp()
        {
            lock (_sync)
            {
                _isGivenUp = true;
            }
        }

        public Task CancelAsync() => _stopping.CancelAsync();

        public void Dispose() => _stopping.Dispose();
    }
}

using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Runs work on a connection, and gives the connection up when it has been silent too long, whatever the driver is doing: the work is told to stop and ends
/// by itself, its connection with it.
/// </summary>
internal sealed class FlushAttempts(Database database)
{
    /// <summary>Runs the work once.</summary>
    /// <param name="work">What to do on the connection.</param>
    /// <param name="limit">How long it may take, opening the connection included.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="TimeoutException">The limit has passed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<T> RunAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, TimeSpan limit, CancellationToken cancellationToken)
    {
        var stopping = new CancellationTokenSource();
        var running = OnceAsync(work, stopping.Token);
        if (running.IsCompleted)
        {
            using (stopping)
            {
                return await running.ConfigureAwait(false);
            }
        }

        var task = running.AsTask();
        try
        {
            return await task.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (task.IsCompleted)
            {
                stopping.Dispose();
            }
            else
            {
                _ = GiveUpAsync(task, stopping);
            }
        }
    }

    private async ValueTask<T> OnceAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var session = await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        return await work(session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends work that nobody waits for. Its error concerns nobody: the caller was told that the time is up.</summary>
    private static async Task GiveUpAsync(Task task, CancellationTokenSource stopping)
    {
        // On another thread: Npgsql asks the server to cancel while the token's callbacks run.
        await stopping.CancelAsync().ConfigureAwait(false);
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }
}

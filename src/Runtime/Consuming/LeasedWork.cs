using Typed.Storage;

namespace Typed.Consuming;

/// <summary>Runs work while a lease lasts.</summary>
internal static class LeasedWork
{
    private static readonly TimeSpan s_check = TimeSpan.FromSeconds(2);

    /// <summary>Ends when the work does, when the lease is lost, or when there is another reason to begin again.</summary>
    /// <param name="lease">The lease; it is asked every so often.</param>
    /// <param name="isOver">Asked every so often whether there is another reason.</param>
    /// <param name="isPassing">Whether an error of the two is one that the work meets too, or that makes it begin again.</param>
    /// <param name="work">The work; it gets what is cancelled when it has to end.</param>
    /// <param name="cancellationToken">Ends it, with an exception.</param>
    public static async Task RunAsync(
        Lease lease, Func<CancellationToken, ValueTask<bool>> isOver, Func<Exception, bool> isPassing, Func<CancellationToken, Task> work,
        CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(lease, isOver, isPassing, leaving);
        try
        {
            await work(leaving.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The lease is lost.
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    private static async Task WatchAsync(
        Lease lease, Func<CancellationToken, ValueTask<bool>> isOver, Func<Exception, bool> isPassing, CancellationTokenSource leaving)
    {
        try
        {
            do
            {
                await Task.Delay(s_check, leaving.Token).ConfigureAwait(false);
            }
            while (await lease.IsHeldAsync(leaving.Token).ConfigureAwait(false) && !await isOver(leaving.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return; // the work has ended
        }
        catch (Exception error) when (isPassing(error))
        {
            // The work meets the same error, or begins again.
        }

        await leaving.CancelAsync().ConfigureAwait(false);
    }
}

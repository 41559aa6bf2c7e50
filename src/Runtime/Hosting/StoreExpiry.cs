using Typed.Diagnostics;
using Typed.Schema;
using Typed.Storage;

namespace Typed.Hosting;

/// <summary>Removes what is past its retention, at once and then every so often, for as long as the store lives.</summary>
internal sealed class StoreExpiry : IAsyncDisposable
{
    /// <summary>What the process has that does it.</summary>
    public const string Lease = "expiry";

    private readonly CancellationTokenSource _closing = new();
    private readonly TypedStore _store;
    private readonly Database _database;
    private readonly StoreLog _log;
    private readonly IReadOnlyList<StoreHandle> _handles;
    private readonly Task _running;

    public StoreExpiry(TypedStore store, Database database, StoreLog log, DeclarationSet declarations, TimeSpan every)
    {
        (_store, _database, _log) = (store, database, log);
        _handles = [.. declarations.All.Select(declaration => declaration.Handle).OfType<StoreHandle>()];
        _running = CleanContext.RunAsync(static of => of.Self.RunAsync(of.Every), (Self: this, Every: every));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync(TimeSpan every)
    {
        // Not on the thread that opens the store: SQLite's calls only look asynchronous.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timer = new PeriodicTimer(every);
        try
        {
            do
            {
                await ExpireAsync(_closing.Token).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_closing.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The store is disposed.
        }
    }

    /// <summary>Of several processes one does it; the others find nothing left the next time.</summary>
    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Where one transaction writes at a time, two processes do not disturb each other.
            if (_database.MostWriters == 1)
            {
                await ExpireAllAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (await _database.TryLeaseAsync(Lease, cancellationToken).ConfigureAwait(false) is { } lease)
            {
                await using var _ = lease.ConfigureAwait(false);
                await ExpireAllAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _log.ExpiryFailed(error);
        }
    }

    private async Task ExpireAllAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in _handles)
        {
            await handle.ExpireAsync(_store, cancellationToken).ConfigureAwait(false);
        }
    }
}

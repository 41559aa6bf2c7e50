using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Typed.Hosting;

/// <summary>
/// Opens a store before the application's own services start, goes on trying where there is no database yet, and writes what is left after they have all
/// stopped.
/// </summary>
internal sealed class StoreService(IServiceProvider services, object? key) : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private TypedStore? _store;
    private Task _opening = Task.CompletedTask;

    /// <exception cref="InvalidOperationException">The options do not hold.</exception>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the data that is stored, which no further try mends.</exception>
    /// <exception cref="SpoolException">The spool is damaged, in use, or another database's.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var store = services.GetRequiredKeyedService<TypedStore>(key);
        _store = store;
        try
        {
            await store.Opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            _opening = GoOnAsync(store);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="UnwrittenItemsException">Posted items could not be written in time; carries them.</exception>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await StopOpeningAsync().ConfigureAwait(false);
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopOpeningAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task StopOpeningAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _opening.ConfigureAwait(false);
    }

    /// <summary>The log has the first failure; the health check has them all.</summary>
    private async Task GoOnAsync(TypedStore store)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await Task.Delay(pause, _stopping.Token).ConfigureAwait(false);
                await store.Opening.WaitAsync(_stopping.Token).ConfigureAwait(false);
                return;
            }
            catch (StoreUnavailableException)
            {
                // Again, later.
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SchemaMismatchException or SpoolException)
            {
                return; // stopped, or beyond what time mends: every use says so
            }
        }
    }
}

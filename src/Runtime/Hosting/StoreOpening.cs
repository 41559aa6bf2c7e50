using Typed.Diagnostics;

namespace Typed.Hosting;

/// <summary>
/// Opens a store once, at the first use. Callers that come at the same time share an attempt; one that failed is made again by the next caller.
/// </summary>
/// <param name="open">Creates what is missing and checks the catalog.</param>
/// <param name="opened">Told when it is open.</param>
/// <param name="failed">Told of the first failure.</param>
internal sealed class StoreOpening(Func<CancellationToken, Task> open, Action opened, Action<Exception> failed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private volatile bool _isOpen;
    private bool _hasFailed;
    private Task? _attempt;

    public bool IsOpen => _isOpen;

    /// <summary>Ends when the store is open.</summary>
    /// <exception cref="StoreUnavailableException">There is no database at the address.</exception>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the data that is stored.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return ValueTask.CompletedTask;
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(TypedStore));
            if (_attempt is null or { IsCompletedSuccessfully: false, IsCompleted: true })
            {
                _attempt = CleanContext.RunAsync(static self => self.RunSharedAsync(), this);
            }

            return new(_attempt.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Makes an attempt of the caller's own, who alone hears how it ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        OwnWork.Begin();
        await open(cancellationToken).ConfigureAwait(false);
        _isOpen = true;
        opened();
    }

    public async ValueTask DisposeAsync()
    {
        Task? attempt;
        lock (_lock)
        {
            _closing.Cancel();
            attempt = _attempt;
        }

        if (attempt is not null)
        {
            await attempt.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunSharedAsync()
    {
        // Not under the lock: SQLite's calls only look asynchronous.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await RunAsync(_closing.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (!_closing.IsCancellationRequested && !_hasFailed)
        {
            _hasFailed = true;
            failed(error);
            throw;
        }
    }
}

using Typed.Storage;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>Reads and writes through a store's own connections and its writer.</summary>
internal sealed class StoreScopeOfStore(Database database, StoreWriter writer, TimeProvider clock) : StoreScope(clock), IAsyncDisposable
{
    private bool _disposed;

    public override Database Database => database;

    public override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, typeof(TypedStore));

    public override ValueTask WriteAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return writer.FlushAsync(tables, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await writer.DisposeAsync().ConfigureAwait(false);
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }
}

using Typed.Storage;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>Reads and writes through a store's own connections and its writer.</summary>
internal sealed class StoreScopeOfStore(Database database, RetryPolicy retry, StoreWriter writer, TimeProvider clock, int maxEventBytes)
    : StoreScope(clock), IAsyncDisposable
{
    private bool _disposed;

    public override Database Database => database;

    public override int MaxEventBytes => maxEventBytes;

    public override bool WritesBesideTheCaller => true;

    public override RetryPolicy Retry => retry;

    public override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, typeof(TypedStore));

    public override ValueTask WriteAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return writer.FlushAsync(tables, cancellationToken);
    }

    public override ValueTask<long> ExecuteAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return writer.ExecuteAsync(statements, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            retry.Stop();
            await writer.DisposeAsync().ConfigureAwait(false);
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }
}

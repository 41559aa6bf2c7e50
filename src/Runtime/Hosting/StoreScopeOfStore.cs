using Typed.Storage;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>Reads and writes through a store's own connections and its writer.</summary>
internal sealed class StoreScopeOfStore(Database database, StoreWriter writer, TimeProvider clock, int maxEventBytes) : StoreScope(clock), IAsyncDisposable
{
    private bool _disposed;

    public override Database Database => database;

    public override int MaxEventBytes => maxEventBytes;

    public override bool WritesBesideTheCaller => true;

    public override bool MayRetry(Exception error) => !_disposed && database.Classify(error) is Failure.Transient or Failure.OutcomeUnknown;

    /// <summary>Reads; once more on a fresh connection where the first one was broken, as all those of a pool are after the server was started anew.</summary>
    public override async ValueTask<T> ReadAsync<T>(Func<Session, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await base.ReadAsync(read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!_disposed && database.IsBroken(error))
        {
            database.DropIdle();
        }

        return await base.ReadAsync(read, cancellationToken).ConfigureAwait(false);
    }

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
            await writer.DisposeAsync().ConfigureAwait(false);
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }
}

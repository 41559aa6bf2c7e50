using Typed.Diagnostics;
using Typed.Storage;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>Reads and writes through a store's own connections and its writer.</summary>
internal sealed class StoreScopeOfStore(
    Database database, ReadPolicy reads, StoreWriter writer, TimeProvider clock, int maxEventBytes, bool isReadOnly)
    : StoreScope(clock), IAsyncDisposable
{
    private volatile bool _disposed;

    public override Database Database => database;

    public override int MaxEventBytes => maxEventBytes;

    public override bool WritesBesideTheCaller => true;

    public override ReadPolicy Reads => reads;

    public bool IsReadOnly => isReadOnly;

    public override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, typeof(TypedStore));

    public override void ThrowIfReadOnly()
    {
        if (isReadOnly)
        {
            throw ReadOnlyError();
        }
    }

    public override StoreWriter Writer => writer;

    public override ValueTask WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        return StoreTelemetry.IsTraced ? TracedAsync(write, cancellationToken) : writer.WriteAsync(write, cancellationToken);
    }

    public override ValueTask<long> ExecuteAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        return StoreTelemetry.IsTraced
            ? writer.Telemetry.CallAsync("delete", type: default, items: 1, _ => new Deletions(writer).RunAsync(statements, cancellationToken))
            : new Deletions(writer).RunAsync(statements, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await database.DisposeAsync().ConfigureAwait(false);
            writer.Telemetry.Dispose();
        }
    }

    private async ValueTask TracedAsync(PendingWrite write, CancellationToken cancellationToken) => await writer.Telemetry.CallAsync(
        "insert",
        write.Lane.Tag,
        write.Count,
        async caller =>
        {
            write.Caller = caller;
            await writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
}

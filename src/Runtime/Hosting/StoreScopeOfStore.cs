using Typed.Diagnostics;
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

    public override StoreWriter Writer => writer;

    public override ValueTask WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return StoreTelemetry.IsTraced ? TracedAsync(write, cancellationToken) : writer.WriteAsync(write, cancellationToken);
    }

    public override ValueTask<long> ExecuteAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        return StoreTelemetry.IsTraced
            ? writer.Telemetry.CallAsync("delete", type: default, items: 1, _ => writer.ExecuteAsync(statements, cancellationToken))
            : writer.ExecuteAsync(statements, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            retry.Stop();
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

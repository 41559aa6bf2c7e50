namespace Typed.Storage;

/// <summary>What one process at a time has, until it is disposed or the process ends.</summary>
internal abstract class Lease : IAsyncDisposable
{
    /// <summary>Whether it is still there, which it may not be where a connection holds it.</summary>
    public virtual ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => new(true);

    public abstract ValueTask DisposeAsync();
}

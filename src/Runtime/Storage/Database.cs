using Typed.Diagnostics;

namespace Typed.Storage;

/// <summary>Opens sessions on one database.</summary>
internal abstract class Database : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>The database's address for error messages: host and name, or file.</summary>
    public abstract string Address { get; }

    /// <summary>Where it is, for metrics and activities.</summary>
    public abstract DatabasePlace Place { get; }

    /// <summary>Whether a read needs neither the caller's thread nor the caller's connection, so that it can run while the caller works.</summary>
    public virtual bool ReadsBesideTheCaller => false;

    /// <summary>A sentence for the error of a write that waited for the write lock until its time was up, with a space before it; else empty.</summary>
    public virtual string LockHint => string.Empty;

    /// <summary>The most transactions that may write at once.</summary>
    public virtual int MostWriters => int.MaxValue;

    public abstract ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken);

    /// <summary>Takes what one process at a time may have under a name, until it is disposed or the process ends; null: another one has it.</summary>
    public virtual ValueTask<Lease?> TryLeaseAsync(string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Address} gives no lease.");

    /// <summary>Why handlers cannot have transactions of their own beside the store, as a clause; null: they can.</summary>
    public virtual string? ConsumerObstacle => null;

    /// <summary>
    /// Tells of commits of others until it is cancelled, as far as the engine hears of them. Ends at once where nothing is to be heard; what goes wrong is
    /// mended or left to those who look by themselves.
    /// </summary>
    public virtual Task WatchAsync(CommitSignals signals, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tells other processes of a commit into a part of a table, soon and without keeping the caller.</summary>
    public virtual void Announce(string table, string part)
    {
    }

    /// <summary>Classifies an exception; null when it does not come from the database.</summary>
    public abstract Failure? Classify(Exception exception);

    /// <summary>Whether the error says that a connection is broken. It may have broken long before, since a pool notices only when somebody uses it.</summary>
    public virtual bool IsBroken(Exception exception) => false;

    /// <summary>Whether another connection holds the lock that every write takes.</summary>
    public virtual bool IsBusy(Exception exception) => false;

    /// <summary>Whether the server says that it takes no writes any more: another one may, and the pool's connections lead to this one.</summary>
    public virtual bool HasMoved(Exception exception) => false;

    /// <summary>How long to wait at most before the same is tried again after a transient error.</summary>
    public virtual TimeSpan LongestPause(Exception error) => TimeSpan.FromSeconds(1);

    /// <summary>Closes the pool's idle connections: after one was found broken, all of them may be.</summary>
    public virtual void DropIdle()
    {
    }

    public abstract ValueTask DisposeAsync();
}

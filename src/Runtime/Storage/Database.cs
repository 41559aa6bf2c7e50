namespace Typed.Storage;

/// <summary>Where sessions come from.</summary>
internal abstract class Database : IAsyncDisposable
{
    public abstract Dialect Dialect { get; }

    /// <summary>What an error message calls the place: host and database, or file.</summary>
    public abstract string Address { get; }

    /// <summary>Whether a read takes neither the caller's thread nor its connection, so that one may go on beside the caller's own work.</summary>
    public virtual bool ReadsBesideTheCaller => false;

    /// <summary>A sentence for the error of a write that waited for the write lock until its time was up, with a space before it; else empty.</summary>
    public virtual string LockHint => string.Empty;

    public abstract ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken);

    /// <summary>What kind of failure an exception is, or null when it does not come from the database.</summary>
    public abstract Failure? Classify(Exception exception);

    /// <summary>Whether a connection turned out to be broken, perhaps since long before: a pool cannot tell while nobody uses it.</summary>
    public virtual bool IsBroken(Exception exception) => false;

    /// <summary>Lets go of the connections that nobody uses: they may all be as broken as the one that was.</summary>
    public virtual void DropIdle()
    {
    }

    public abstract ValueTask DisposeAsync();
}

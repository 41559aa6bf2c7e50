using Typed.Diagnostics;
using Typed.Storage;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Where a handle reads and writes: a store with its writer, or the connection and transaction of a caller's context.</summary>
internal abstract class StoreScope(TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public long Now => Instant.From(Clock.GetUtcNow());

    public abstract Database Database { get; }

    /// <summary>The most bytes of JSON that an event takes.</summary>
    public abstract int MaxEventBytes { get; }

    /// <summary>Whether a write may go on beside the caller's own work: a context is for one at a time.</summary>
    public virtual bool WritesBesideTheCaller => false;

    /// <summary>How reads are tried again; null in a context, where that is the caller's.</summary>
    public virtual ReadPolicy? Reads => null;

    /// <summary>Reads on a session of its own.</summary>
    /// <param name="asked">What is read, for the error.</param>
    /// <param name="read">Reads everything from the beginning, however often it is called, also beside an earlier call.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">A store's database refused, or gave no answer within the time allowed.</exception>
    public ValueTask<T> ReadAsync<T>(Asked asked, Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) =>
        Watch(() => Reads is { } reads
            ? reads.RunAsync(asked, token => ReadOnceAsync(read, token), cancellationToken)
            : ReadOnceAsync(read, cancellationToken));

    /// <summary>Measures and traces a read, where somebody listens.</summary>
    /// <param name="read">The whole read, with everything that is tried again.</param>
    private ValueTask<T> Watch<T>(Func<ValueTask<T>> read) =>
        Writer?.Telemetry is { } telemetry && StoreTelemetry.AreReadsWatched ? telemetry.ReadAsync(read) : read();

    /// <summary>Runs a query on a session of its own and gives it back, answered.</summary>
    /// <param name="asked">What is read, for the error.</param>
    /// <param name="sql">Its statement.</param>
    /// <param name="make">Makes it; anew where it is run again.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">A store's database refused, or gave no answer within the time allowed.</exception>
    public ValueTask<TQuery> ReadAsync<TQuery>(Asked asked, Sql sql, Func<TQuery> make, CancellationToken cancellationToken)
        where TQuery : IRowQuery => ReadAsync(
            asked,
            async (session, token) =>
            {
                var query = make();
                await session.ReadAsync(sql, query, token).ConfigureAwait(false);
                return query;
            },
            cancellationToken);

    /// <exception cref="ObjectDisposedException">The store or the context is disposed.</exception>
    public abstract void ThrowIfDisposed();

    /// <exception cref="InvalidOperationException">The store was opened for reading.</exception>
    public virtual void ThrowIfReadOnly()
    {
    }

    /// <summary>The store's writer; null in a context, where writes are part of the caller's work.</summary>
    public virtual StoreWriter? Writer => null;

    /// <summary>Writes the items of a call in one transaction.</summary>
    public abstract ValueTask WriteAsync(PendingWrite write, CancellationToken cancellationToken);

    /// <summary>Takes an item that nobody waits for; ends when it is accepted.</summary>
    /// <exception cref="InvalidOperationException">The scope is a context's.</exception>
    public ValueTask PostAsync<TItem>(WriteLane<TItem> lane, in TItem item, CancellationToken cancellationToken)
        where TItem : struct
    {
        ThrowIfReadOnly();
        return Writer is { } writer
            ? writer.PostAsync(lane, item, cancellationToken)
            : throw new InvalidOperationException(
                "Post is on a handle made from a store, which writes beside its callers. A handle of a DbContext writes in the context's transaction: await "
                + "InsertAsync or PutAsync there.");
    }

    /// <summary>The live rows of an interval, or of a namespace in it, as a query.</summary>
    /// <exception cref="NotSupportedException">The scope is no context's.</exception>
    public virtual IQueryable<TRow> Rows<TRow>(SeriesDefinition series, Interval interval, string? seriesNamespace)
        where TRow : class => throw new NotSupportedException("LINQ is on a handle made from a DbContext: the application's own, or store.CreateDbContext().");

    /// <summary>Runs statements that delete or replace rows of a declared type, each text with its parameters.</summary>
    public virtual async ValueTask<long> ExecuteAsync(
        Type type, IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        var session = await Database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        return await session.ExecuteAllAsync(statements, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does something small in a store that may be done twice, again and again while the database is busy or away.</summary>
    /// <param name="work">What to do, in transactions of the session.</param>
    /// <param name="name">The table, for the error.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public ValueTask<T> RepeatAsync<T>(Func<Session, CancellationToken, ValueTask<T>> work, string name, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ThrowIfReadOnly();
        return new RepeatedWork(Writer!, Database).RunAsync(work, [name], cancellationToken);
    }

    protected static InvalidOperationException ReadOnlyError() =>
        new("This store was opened with ReadOnly(), so it takes no writes: open a store without ReadOnly() for them.");

    /// <summary>Reads on a session of its own, whatever comes of it.</summary>
    protected virtual async ValueTask<T> ReadOnceAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        var session = await Database.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        return await read(session, cancellationToken).ConfigureAwait(false);
    }
}

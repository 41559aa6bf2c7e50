using System.Globalization;
using Typed.Storage;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>
/// Ties a spool to its database: the spool's own line there, those of the writers whose flushes may be under way, and what became of the flushes of an earlier
/// run.
/// </summary>
internal sealed class SpoolBinding(SpoolLog log, KeptWriterStatements statements) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<Guid> _kept = [];

    /// <summary>Makes sure that the spool belongs to the database, and finds out what became of the flushes of an earlier run.</summary>
    /// <exception cref="SpoolException">It belongs to another database, or it is an old copy.</exception>
    public async ValueTask BindAsync(Database database, CancellationToken cancellationToken)
    {
        var session = await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        var identity = log.Identity;
        var counted = await SequenceAsync(session, identity.Id, cancellationToken).ConfigureAwait(false);
        if (identity.Database is not null && counted == 0)
        {
            throw new SpoolException(
                $"The spool {log.Folder} belongs to {identity.Database} and not to {database.Address}, which knows nothing of it: its items would go to the "
                + "wrong database. Give the store the folder of its own spool, or let the next database have it: 'typed spool release' says so.");
        }

        if (counted > identity.Opened)
        {
            throw new SpoolException(string.Create(
                CultureInfo.InvariantCulture,
                $"The spool {log.Folder} is an old copy: {database.Address} says that it was opened {counted} times, and the folder says {identity.Opened}. "
                + $"Its items may have been written since it was copied. Use the spool that was in use last, or an empty folder."));
        }

        // First here, then there: an opening that is interrupted between the two looks like a database that was set back, which does no harm.
        log.Identify(identity with { Opened = identity.Opened + 1 });
        await KeepAsync(session, identity.Id, identity.Opened + 1, cancellationToken).ConfigureAwait(false);
        log.Identify(log.Identity with { Database = database.Address });
        await ResolveAsync(session, cancellationToken).ConfigureAwait(false);
        await ReleaseAsync(session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the line of a writer of this run, before its first flush of items of the spool.</summary>
    public async ValueTask KeepAsync(Session session, Guid writer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // First in the spool: who opens it next lets the line go.
            if (!log.Identity.Writers.Contains(writer))
            {
                log.Identify(log.Identity with { Writers = [.. log.Identity.Writers, writer] });
            }

            await KeepAsync(session, writer, sequence: 0, cancellationToken).ConfigureAwait(false);
            lock (_kept)
            {
                _kept.Add(writer);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether the line of a writer is kept.</summary>
    public bool IsKept(Guid writer)
    {
        lock (_kept)
        {
            return _kept.Contains(writer);
        }
    }

    /// <summary>Lets the lines of writers be cleaned away, of which the spool needs to know no more.</summary>
    public async ValueTask ReleaseAsync(Session session, CancellationToken cancellationToken)
    {
        var open = log.OpenFlushes.Keys.ToHashSet();
        foreach (var writer in log.Identity.Writers)
        {
            if (!open.Contains(writer))
            {
                await session.ExecuteAllAsync([(statements.Release, new WriterParameters(writer))], cancellationToken).ConfigureAwait(false);
            }
        }

        log.Identify(log.Identity with { Writers = [.. log.Identity.Writers.Where(open.Contains)] });
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Asks the lines of writers whether their last flushes were applied; one that was not never will be.</summary>
    private async ValueTask ResolveAsync(Session session, CancellationToken cancellationToken)
    {
        foreach (var (writer, flush) in log.OpenFlushes.ToArray())
        {
            var stamp = new WriterStamp(writer, flush.Sequence, LockWait: TimeSpan.Zero);
            log.End(writer, await session.FenceAsync(statements.Fence, statements.Sequence, stamp, cancellationToken).ConfigureAwait(false));
        }

        await log.Syncer.SyncAsync(log.Appended).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask KeepAsync(Session session, Guid writer, long sequence, CancellationToken cancellationToken) => await session.ExecuteAllAsync(
        [(statements.Keep, new StampParameters(new(writer, sequence, LockWait: TimeSpan.Zero)))], cancellationToken).ConfigureAwait(false);

    private async ValueTask<long> SequenceAsync(Session session, Guid writer, CancellationToken cancellationToken)
    {
        var query = new SequenceQuery(writer);
        await session.ReadAsync(statements.Sequence, query, cancellationToken).ConfigureAwait(false);
        return query.Sequence;
    }

    private sealed class WriterParameters(Guid writer) : IParameters
    {
        public void Bind(ParameterWriter parameters) => parameters.Guid(writer);
    }
}

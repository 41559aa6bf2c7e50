using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Linq;
using Typed.Storage;
using Typed.Storage.Provisioning;
using Typed.Time;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>Reads and writes inside the connection and transaction of a caller's context. Retries are the caller's.</summary>
#pragma warning disable CA1001 // Nothing to dispose: the connection is the context's.
internal sealed class ContextScope(DbContext context, Engine engine, params IReadOnlyList<Declaration> declared) : StoreScope(ClockOf(context))
#pragma warning restore CA1001
{
    private readonly Database _database = engine.OpenContext(context);

    public override Database Database => _database;

    public override int MaxEventBytes => (context as TypedDbContext)?.MaxEventBytes ?? TypedOptionsBuilder.DefaultMaxEventBytes;

    // A disposed context fails by itself, with EF Core's own message.
    public override void ThrowIfDisposed() => _ = context.Model;

    public override void ThrowIfReadOnly()
    {
        if (context is TypedDbContext { IsReadOnly: true })
        {
            throw ReadOnlyError();
        }
    }

    public override async ValueTask WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        ThrowIfReadOnly();
        var (tables, late) = FlushRows.Of([write], Now);
        if (tables.Count == 0 && late is null)
        {
            write.Commit();
            return;
        }

        await CheckLayoutAsync(cancellationToken).ConfigureAwait(false);
        var session = await _database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        try
        {
            await session.ApplyAsync(stamp: null, tables, late, mayBeApplied: false, cancellationToken).ConfigureAwait(false);
            write.Commit();
        }
        catch (Exception error) when (_database.Classify(error) is Failure.Overflow && tables.Any(t => t.Added is not null))
        {
            throw WriteFailedException.Overflow(_database.Address, tables, error);
        }
        catch (OtherRowException other)
        {
            throw other.Explain();
        }
        catch (Exception error) when (MissingTable.Find(context, engine, error) is { } table)
        {
            throw MissingTable.Explain(context, table, error);
        }
    }

    protected override async ValueTask<T> ReadOnceAsync<T>(Func<Session, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        await CheckLayoutAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await base.ReadOnceAsync(read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (MissingTable.Find(context, engine, error) is { } table)
        {
            throw MissingTable.Explain(context, table, error);
        }
    }

    public override async ValueTask<long> ExecuteAsync(
        Type type, IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        await CheckLayoutAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await base.ExecuteAsync(type, statements, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (MissingTable.Find(context, engine, error) is { } table)
        {
            throw MissingTable.Explain(context, table, error);
        }
    }

    public override IQueryable<TRow> Rows<TRow>(SeriesDefinition series, Interval interval, string? seriesNamespace) =>
        RowQuery.Query<TRow>(context, series, interval, Now, seriesNamespace);

    private async ValueTask CheckLayoutAsync(CancellationToken cancellationToken)
    {
        foreach (var one in declared)
        {
            await OwnLayout.CheckAsync(context, engine, one, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The store's clock, one that the application registered, or the system's.</summary>
    private static TimeProvider ClockOf(DbContext context) =>
        (context as TypedDbContext)?.Clock
        ?? (TimeProvider?)context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()
            ?.ApplicationServiceProvider?.GetService(typeof(TimeProvider))
        ?? TimeProvider.System;
}

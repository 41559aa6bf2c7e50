using Microsoft.EntityFrameworkCore;
using Typed.Diagnostics;

namespace Typed.Storage;

/// <summary>Sessions on the one connection of an EF context, opened and closed by EF's rules.</summary>
internal abstract class ContextDatabase(DbContext context) : Database
{
    public override string Address => $"the context {context.GetType().Name}";

    // Nothing is measured here: what a context's handles do is part of the application's own work.
    public override DatabasePlace Place => new("other_sql", context.GetType().Name);

    protected DbContext Context => context;

    /// <summary>Stands for the statements that number a flush, which sessions in a caller's transaction do not need.</summary>
    protected static StampStatements NoStamp { get; } = new(new(""), Transaction: null);

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken) => OpenWriteAsync(cancellationToken);

    public override async ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return OpenSession();
    }

    // The caller disposes the context.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A session on the context's open connection.</summary>
    protected abstract Session OpenSession();

    protected async ValueTask CloseAsync() => await context.Database.CloseConnectionAsync().ConfigureAwait(false);
}

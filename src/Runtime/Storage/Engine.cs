using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Storage;

namespace Typed.Generated;

/// <summary>
/// What one database brings. Each engine is an assembly of its own, announced with <see cref="TypedEngineAttribute"/>; nowhere else does code ask which database it runs on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Engine
{
    private protected Engine()
    {
    }

    /// <summary>The name of EF Core's provider, as <c>context.Database.ProviderName</c> gives it.</summary>
    internal abstract string Provider { get; }

    /// <summary>What the provider's annotations in a model begin with; null: it marks no model.</summary>
    internal abstract string? ModelMark { get; }

    internal abstract Dialect Dialect { get; }

    internal abstract TableMapping Mapping { get; }

    /// <summary>A query that gives the names of the tables in use, as a column <c>Value</c>.</summary>
    internal abstract string TableNames { get; }

    /// <summary>Makes other processes that create tables wait until the transaction ends, where beginning it does not.</summary>
    internal virtual Task LockTablesAsync(DatabaseFacade database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gives a store's options what its own connections need; and the connection, where the store has to keep one open.</summary>
    internal virtual IAsyncDisposable? CompleteOptions(DbContextOptionsBuilder options) => null;

    /// <summary>A store's own connections.</summary>
    /// <param name="context">A context with the store's options.</param>
    /// <param name="stamp">The statement that moves a writer's sequence forward.</param>
    internal abstract Database OpenStore(DbContext context, Sql stamp);

    /// <summary>The connection and transaction of a caller's context.</summary>
    internal abstract Database OpenContext(DbContext context);
}

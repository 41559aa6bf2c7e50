using Microsoft.EntityFrameworkCore;
using Typed.Storage;

namespace Typed.Generated;

/// <summary>
/// The parts that differ between databases. Each engine is an assembly of its own, announced with <see cref="TypedEngineAttribute"/>; no other code asks which
/// database it runs on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Engine
{
    private protected Engine()
    {
    }

    /// <summary>The name of EF Core's provider, as <c>context.Database.ProviderName</c> gives it.</summary>
    internal abstract string Provider { get; }

    internal abstract Dialect Dialect { get; }

    internal abstract TableMapping Mapping { get; }

    /// <summary>A query that gives the names of the tables in use, as a column <c>Value</c>.</summary>
    internal abstract string TableNames { get; }

    /// <summary>As <see cref="TableNames"/>, of a schema.</summary>
    internal abstract string TableNamesIn(string schema);

    /// <summary>
    /// What stands after a SELECT that gives the text of a table, in which its comment is, and no row where it is not there; and the argument that it takes.
    /// </summary>
    internal abstract (string Sql, string Argument) TextOfTable(string? schema, string name, string parameter);

    /// <summary>Whether the error says that a table is not there.</summary>
    internal abstract bool IsTableMissing(Exception error);

    /// <summary>Whether the comment of a table can be changed while the table stays.</summary>
    internal virtual bool ChangesComments => true;

    /// <summary>The statements of a script that fail, with a text, where a table holds rows.</summary>
    internal abstract IEnumerable<string> RefuseRows(string table, string text);

    /// <summary>The statements that rename a table, and give way to indexes of its names on another table.</summary>
    internal abstract IEnumerable<string> Rename(string? schema, string table, string newName, IEnumerable<string> indexes);

    /// <summary>Makes other processes that create tables wait until the transaction ends; null where beginning a transaction does that.</summary>
    internal virtual Sql? LockTables => null;

    /// <summary>Completes a store's options for its own connections. Returns the connection that the store has to keep open, if there is one.</summary>
    /// <param name="options">The options.</param>
    /// <param name="isReadOnly">Whether the store only reads.</param>
    internal virtual IAsyncDisposable? CompleteOptions(DbContextOptionsBuilder options, bool isReadOnly) => null;

    /// <summary>A store's own connections.</summary>
    /// <param name="options">The store's options, completed.</param>
    /// <param name="stamp">The statements that move a writer's sequence forward.</param>
    /// <param name="readTimeout">How long a read may take.</param>
    internal abstract Database OpenStore(DbContextOptions options, StampStatements stamp, TimeSpan readTimeout);

    /// <summary>The connection and transaction of a caller's context.</summary>
    internal abstract Database OpenContext(DbContext context);
}

using Microsoft.EntityFrameworkCore;

namespace Typed.Cli.Connections;

/// <summary>A kind of database, as the command line asks it things that no engine of the library has to know.</summary>
internal abstract class DatabaseKind
{
    public abstract string Name { get; }

    public abstract Engine Engine { get; }

    /// <summary>Whether a connection string is one of this kind.</summary>
    public abstract bool Fits(string connection);

    /// <summary>The connection string as the provider wants it, for a command that reads, or one that writes. Never creates a database.</summary>
    public abstract string Complete(string connection, bool isReadOnly);

    /// <summary>Chooses the provider.</summary>
    public abstract void Choose(DbContextOptionsBuilder options, string connection);

    /// <summary>Selects the columns of the table of parameter 1, in order: name, and whether it is in the primary key.</summary>
    public abstract string Columns { get; }

    /// <summary>Selects the server's version.</summary>
    public abstract string Version { get; }

    /// <summary>Selects the indexes of the table of parameter 1: name, whether it is unique and in use, and its columns, a row for each in order.</summary>
    public abstract string Indexes { get; }

    /// <summary>
    /// Selects figures of tables: name, bytes with indexes, rows, rows that are dead and not yet removed, and about how many bytes of its pages are free; null
    /// where the database counts none.
    /// </summary>
    public abstract string? TableFigures { get; }

    /// <summary>Selects figures of the whole database: bytes, and how many of them are free.</summary>
    public abstract string DatabaseFigures { get; }

    /// <summary>Selects a setting on which the library relies, and what is wrong with it; no rows: nothing.</summary>
    public abstract string Settings { get; }

    /// <summary>The type to which SQL casts what is read as a kind of column.</summary>
    public abstract string TypeName(ColumnKind kind);

    /// <summary>What removes dead rows of a table, and gives free space back.</summary>
    public abstract string Vacuum(string table);

    /// <summary>What is wrong, where an error is one of this database.</summary>
    public abstract Problem? Explain(Exception error, string address);
}

/// <summary>An error in words.</summary>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="WayOut">What can be done.</param>
internal sealed record Problem(int ExitCode, string Text, string WayOut);

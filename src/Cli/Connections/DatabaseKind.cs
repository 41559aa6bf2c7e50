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

    /// <summary>What is wrong, where an error is one of this database.</summary>
    public abstract Problem? Explain(Exception error, string address);
}

/// <summary>An error in words.</summary>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="WayOut">What can be done.</param>
internal sealed record Problem(int ExitCode, string Text, string WayOut);

namespace Typed.Cli.Output;

/// <summary>What the process ends with; docs/cli.md lists them.</summary>
internal static class ExitCodes
{
    /// <summary>What was asked is done.</summary>
    public const int Done = 0;

    /// <summary>A check found differences, or a doctor something to do.</summary>
    public const int Found = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>There is no database at the address, or no address.</summary>
    public const int Unreachable = 3;

    /// <summary>The database is none of Typed's, or newer than this program.</summary>
    public const int NotTyped = 4;

    /// <summary>No such stream, series, interval or file.</summary>
    public const int NotFound = 5;

    /// <summary>A line or a file does not fit.</summary>
    public const int BadInput = 6;

    /// <summary>The database's user, or the file's, may not do it.</summary>
    public const int Denied = 7;

    /// <summary>The database failed.</summary>
    public const int Failed = 8;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}

namespace Typed;

/// <summary>
/// A store's spool cannot be used: it is damaged, belongs to another database, is in use, or its disk takes nothing more. A posted item that met it was not
/// accepted.
/// </summary>
public sealed class SpoolException : Exception
{
    internal SpoolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The file, where one is damaged.</summary>
    public string? File { get; internal init; }

    /// <summary>Where in the file the damage begins; null where no file is damaged.</summary>
    public long? Offset { get; internal init; }
}

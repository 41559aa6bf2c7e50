namespace Typed;

/// <summary>
/// A position belongs to another history of commits than the database's: the database was restored from a dump or an older copy, or is another one. What came
/// after the position there may not be what comes after it here.
/// </summary>
public sealed class StreamPositionException : Exception
{
    internal StreamPositionException(StreamPosition position, string message)
        : base(message) => Position = position;

    /// <summary>The position that was refused.</summary>
    public StreamPosition Position { get; }
}

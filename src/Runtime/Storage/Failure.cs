namespace Typed.Storage;

/// <summary>What a database error means for a write.</summary>
internal enum Failure
{
    /// <summary>Nothing was written; the same write may succeed later.</summary>
    Transient,

    /// <summary>The connection broke: the write may have been committed or not.</summary>
    OutcomeUnknown,

    /// <summary>A total left the range of its type; nothing was written.</summary>
    Overflow,

    /// <summary>The server refuses this write; nothing was written.</summary>
    Refused,
}

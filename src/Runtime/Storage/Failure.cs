namespace Typed.Storage;

/// <summary>What a database error means for a write.</summary>
internal enum Failure
{
    /// <summary>Nothing was written; the same write may succeed later.</summary>
    Transient,

    /// <summary>The statement was cancelled, or took too long; nothing was written. The same, or a part of it, may succeed later.</summary>
    Canceled,

    /// <summary>The connection broke: the write may have been committed or not.</summary>
    OutcomeUnknown,

    /// <summary>A total left the range of its type; nothing was written.</summary>
    Overflow,

    /// <summary>Somebody else holds a lock on a row; nothing was written.</summary>
    Locked,

    /// <summary>The server refuses these rows; nothing was written.</summary>
    Refused,

    /// <summary>The server refuses every write of this kind, whatever the rows: no such table, no right. Nothing was written.</summary>
    Denied,
}

namespace Typed.Storage;

#pragma warning disable CA1032, RCS1194 // Only engines throw it, always with the row.

/// <summary>Another row is stored under the id of one that was given. Nothing was written.</summary>
internal sealed class OtherRowException(IGivenRows rows, int row, Exception? inner) : Exception("Another row is stored under this id.", inner)
{
    /// <summary>The error for the caller, who knows no rows.</summary>
    public Exception Explain() => rows.Refusal(row, InnerException);
}

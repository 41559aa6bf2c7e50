using System.Globalization;

namespace Typed;

/// <summary>A stream of points ended early. Whole chunks that were committed before stay.</summary>
public sealed class InsertInterruptedException : Exception
{
    internal InsertInterruptedException(long taken, InsertResult inserted, Exception innerException)
        : base(
            string.Create(CultureInfo.InvariantCulture,
                $"The insert ended after {taken} points, which are done; the points from there on are not: {innerException.Message}"),
            innerException) => (Taken, Inserted) = (taken, inserted);

    /// <summary>
    /// How many of the stream's points, from its start, are done: stored, skipped because they are older than every interval keeps, or handed to
    /// <c>OnRejected</c>. An insert that goes on begins after them.
    /// </summary>
    public long Taken { get; }

    /// <summary>What became of them.</summary>
    public InsertResult Inserted { get; }
}

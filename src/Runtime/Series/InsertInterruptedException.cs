using System.Globalization;

namespace Typed;

/// <summary>A stream of points ended early. Whole chunks that were committed before stay.</summary>
public sealed class InsertInterruptedException : Exception
{
    internal InsertInterruptedException(InsertResult inserted, Exception innerException)
        : base(
            string.Create(CultureInfo.InvariantCulture,
                $"The insert ended after {inserted.Points} points, which are stored; the points from there on are not: {innerException.Message}"),
            innerException) => Inserted = inserted;

    /// <summary>What is stored: the stream's points from its start.</summary>
    public InsertResult Inserted { get; }
}

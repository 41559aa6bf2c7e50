using System.Globalization;

namespace Typed;

/// <summary>A stream of events ended early. Whole chunks that were committed before stay.</summary>
public sealed class PutInterruptedException : Exception
{
    internal PutInterruptedException(long stored, Exception innerException)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The put ended after {stored} events, which are stored; the events from there on are not: {innerException.Message}"),
            innerException) =>
        Stored = stored;

    /// <summary>How many events are stored, from the start of the stream.</summary>
    public long Stored { get; }
}

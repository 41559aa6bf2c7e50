using Typed.Streams.Feeding;

namespace Typed.Generated;

/// <summary>A series that the events of a stream feed. Emitted code makes it.</summary>
/// <typeparam name="TBody">The declared class of the events.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Feed<TBody>
{
    private protected Feed()
    {
    }

    /// <summary>Whether the points are written after the event, and not in its transaction.</summary>
    internal bool IsLater { get; set; }

    /// <summary>The series.</summary>
    internal abstract SeriesDefinition Series { get; }

    /// <summary>What holds the points of events, in one model.</summary>
    /// <param name="tables">The model's tables.</param>
    /// <param name="streamNamespace">The namespace of the stream, which is that of a series with namespaces too.</param>
    /// <exception cref="InvalidOperationException">The model does not map the series.</exception>
    internal abstract FedPoints<TBody> NewPoints(ModelTables tables, string streamNamespace);
}

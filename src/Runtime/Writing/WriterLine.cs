namespace Typed.Writing;

/// <summary>A writer as the database knows it: its identity, and the number of its last flush.</summary>
internal sealed class WriterLine
{
    private long _sequence;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The number of the next flush, or of the fence after one.</summary>
    public long Next() => ++_sequence;
}

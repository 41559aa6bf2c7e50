namespace Typed;

/// <summary>
/// A stored event does not fit its class any more: a required member is missing, or has another type. Reading can go on with <c>After(error.Id)</c>,
/// or use <c>OnUnreadable</c> from the start.
/// </summary>
public sealed class UnreadableEventException : Exception
{
    internal UnreadableEventException(Guid id, string json, EventReadException innerException)
        : base($"Event {id:D} cannot be read: {innerException.Message}", innerException)
    {
        Id = id;
        Json = json;
        Path = innerException.Path ?? "$";
    }

    /// <summary>The event's id.</summary>
    public Guid Id { get; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset Time => EventId.TimeOf(Id);

    /// <summary>The body as it is stored.</summary>
    public string Json { get; }

    /// <summary>The member that does not fit, from the body inwards.</summary>
    public string Path { get; }
}

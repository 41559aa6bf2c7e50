using System.Text.Json;

namespace Typed;

/// <summary>
/// A stored event cannot be read: a required member is missing or has another type, the body is no JSON, or the id is not one that the library gives, so that
/// it says no time. Reading can go on with <c>After(error.Id)</c>, following with <c>Follow(error.Position)</c>, or use <c>OnUnreadable</c> from the start;
/// <c>DeleteAsync(error.Id)</c> removes the event.
/// </summary>
public sealed class UnreadableEventException : Exception
{
    internal UnreadableEventException(EventId id, string json, JsonException innerException)
        : base($"Event {id} cannot be read: {innerException.Message}", innerException)
    {
        Id = id;
        Json = json;
        Path = innerException.Path ?? "$";
    }

    /// <summary>The event's id as it is stored: of a row that another program stored it may be no id of this library, and say no time.</summary>
    public EventId Id { get; }

    /// <summary>When it happened, in UTC; the default of the type where the id says no time.</summary>
    public DateTimeOffset Time => EventId.TryTimeOf(Id, out var time) ? time : default;

    /// <summary>The body as it is stored.</summary>
    public string Json { get; }

    /// <summary>Where it stands in the commit order of its stream, so that following can go on after it; null where the stream was read by time.</summary>
    public StreamPosition? Position { get; internal set; }

    /// <summary>The member that does not fit, from the body inwards.</summary>
    public string Path { get; }
}

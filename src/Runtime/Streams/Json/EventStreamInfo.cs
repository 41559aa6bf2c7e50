namespace Typed.Generated;

/// <summary>What an <see cref="EventStreamAttribute"/> says, with its defaults filled in.</summary>
/// <param name="name">The stream's name.</param>
/// <param name="schema">JSON Schema of the body, canonical text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventStreamInfo(string name, string schema)
{
    /// <summary>The stream's name.</summary>
    public string Name { get; } = name;

    /// <summary>JSON Schema 2020-12 of the body, canonical text.</summary>
    public string Schema { get; } = schema;

    /// <summary>The places of its enums, as a JSON Schema of nothing else; null: it has none.</summary>
    public string? Enums { get; init; }

    /// <summary>How long events are kept; null: for ever.</summary>
    public TimeSpan? Retain { get; init; }

    /// <summary>How members are named.</summary>
    public JsonNaming Naming { get; init; }

    /// <summary>How bodies are stored.</summary>
    public BodyFormat Body { get; init; }

    /// <summary>Whether the stream can be followed in commit order.</summary>
    public bool Follow { get; init; }

    /// <summary>Whether a member holds the time.</summary>
    public bool HasTime { get; init; }
}

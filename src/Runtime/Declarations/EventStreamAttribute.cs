namespace Typed;

/// <summary>
/// Declares a class, record or struct as the events of one append-only stream, ordered by time.
/// The type must be <c>partial</c>; the types of its members need no attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EventStreamAttribute : Attribute
{
    /// <summary>
    /// The stream's name: 1 to 200 of the characters <c>A</c>–<c>Z</c>, <c>a</c>–<c>z</c>, <c>0</c>–<c>9</c>, <c>_</c>, <c>.</c> and <c>-</c>.
    /// Default: the name of the class in snake_case.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// How long events are kept, counted from their time: a whole number of seconds, minutes, hours, days or weeks, such as <c>90d</c>
    /// (<c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>, <c>w</c>; at least 1 and at most 36 525 days). Older events are read until <c>ExpireAsync</c> removes them.
    /// Default: for ever.
    /// </summary>
    public string? Retain { get; set; }

    /// <summary>How members are named in JSON, where no <c>JsonPropertyName</c> says it. Default: <see cref="JsonNaming.CamelCase"/>.</summary>
    public JsonNaming Naming { get; set; }

    /// <summary>How bodies are stored. Default: <see cref="BodyFormat.Jsonb"/>.</summary>
    public BodyFormat Body { get; set; }

    /// <summary>
    /// Whether the stream can be followed live, in commit order. What a store loads in bulk is listed for that, next to free; on PostgreSQL an index holds all
    /// other events, so that those of an application's own context cost about two fifths more. Default: false.
    /// </summary>
    public bool Follow { get; set; }

    /// <summary>
    /// The version of the class, which is stored with each event from 2 on, as the member <c>$version</c>. Events of the version before are read by the class's
    /// static method with <see cref="UpcastAttribute"/>. Queries see the members of the JSON as it is stored. Default: 1.
    /// </summary>
    public int Version { get; set; } = 1;

    /// <summary>
    /// Whether the class gets its members from the project's <c>typed.schema.json</c>, types of nested objects included. Members that it declares itself stay
    /// as they are. Default: false.
    /// </summary>
    public bool FromSchema { get; set; }
}

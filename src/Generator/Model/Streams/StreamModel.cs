namespace Typed.Generator.Model.Streams;

/// <summary>A declared event stream.</summary>
/// <param name="Type">The declared class.</param>
/// <param name="Name">The stream's name.</param>
/// <param name="RetainTicks">How long events are kept, in units of 100 ns; null: for ever.</param>
/// <param name="Naming">Member of <c>JsonNaming</c>.</param>
/// <param name="Format">Member of <c>BodyFormat</c>.</param>
/// <param name="Follow">Whether it can be followed.</param>
/// <param name="Time">The member that holds the time.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Names">The names of what is emitted into the class.</param>
internal sealed record StreamModel(
    DeclaredType Type,
    string Name,
    long? RetainTicks,
    string Naming,
    string Format,
    bool Follow,
    TimeModel? Time,
    BodyModel Body,
    StreamNames Names)
{
    /// <summary>The series that its events feed.</summary>
    public EquatableArray<FeedModel> Feeds { get; init; }
}

/// <param name="Entry">The methods that lead to the stream.</param>
/// <param name="Serializer">The class that holds the serializer.</param>
/// <param name="Schema">The constant with the schema; null where it is left out.</param>
internal sealed record StreamNames(string Entry, string Serializer, string? Schema);

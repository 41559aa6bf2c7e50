namespace Typed.Generator.Model.Json;

/// <summary>A declared event stream.</summary>
/// <param name="Type">The declared class.</param>
/// <param name="Name">The stream's name.</param>
/// <param name="RetainTicks">How long events are kept, in units of 100 ns; null: for ever.</param>
/// <param name="Naming">Member of <c>JsonNaming</c>.</param>
/// <param name="Format">Member of <c>BodyFormat</c>.</param>
/// <param name="Follow">Whether it can be followed.</param>
/// <param name="Time">The member that holds the time.</param>
/// <param name="Body">Its JSON.</param>
/// <param name="Listed">Whether the assembly's module can list it: closed, and visible in the assembly.</param>
/// <param name="Names">The names of what is emitted into the class.</param>
internal sealed record StreamModel(
    DeclaredType Type,
    string Name,
    long? RetainTicks,
    string Naming,
    string Format,
    bool Follow,
    StreamTime? Time,
    BodyModel Body,
    bool Listed,
    StreamNames Names);

/// <param name="Member">Its name in code.</param>
/// <param name="IsNullable">Whether it may hold none.</param>
/// <param name="IsDateTime">Whether it is a <see cref="DateTime"/> rather than a <see cref="DateTimeOffset"/>.</param>
internal sealed record StreamTime(string Member, bool IsNullable, bool IsDateTime);

/// <param name="Entry">The methods that lead to the stream.</param>
/// <param name="Serializer">The class that holds the serializer.</param>
/// <param name="Schema">The constant with the schema; null where it is left out.</param>
internal sealed record StreamNames(string Entry, string Serializer, string? Schema);

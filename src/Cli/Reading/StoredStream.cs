namespace Typed.Cli.Reading;

/// <summary>An event stream as the catalog describes it.</summary>
/// <param name="Name">The stream's name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Naming">How members are named in JSON; null where an earlier version of the library made the table.</param>
/// <param name="Body">How bodies are stored.</param>
/// <param name="Follow">Whether it has a commit order.</param>
/// <param name="Retain">After which time events are removed.</param>
/// <param name="Enums">Where in the events enums stand; null where nobody said.</param>
internal sealed record StoredStream(string Name, string Table, string? Naming, BodyFormat Body, bool Follow, TimeSpan? Retain, string? Enums);

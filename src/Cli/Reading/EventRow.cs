namespace Typed.Cli.Reading;

/// <summary>Takes the rows of a page.</summary>
/// <param name="id">The event's id.</param>
/// <param name="version">The version of the class that wrote it.</param>
/// <param name="json">The body.</param>
internal delegate void EventRow(Guid id, int version, ReadOnlySpan<byte> json);

namespace Typed.Streams.Writing;

/// <summary>An event that was checked and written as JSON.</summary>
/// <param name="Body">The JSON; the memory belongs to the thread that wrote it.</param>
/// <param name="Ticks">Its time in units of 100 ns since 1970.</param>
/// <param name="Id">The id that it was given; null where one is drawn.</param>
internal readonly record struct AcceptedEvent(ReadOnlyMemory<byte> Body, long Ticks, EventId? Id = null);

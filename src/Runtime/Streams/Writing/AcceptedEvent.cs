using Typed.Streams.Feeding;

namespace Typed.Streams.Writing;

/// <summary>An event that was checked and written as JSON.</summary>
/// <param name="Body">The JSON; the memory belongs to the thread that wrote it.</param>
/// <param name="Ticks">Its time in units of 100 ns since 1970.</param>
/// <param name="Id">The id that it was given; null where one is drawn.</param>
/// <param name="Fed">The points that it feeds, in memory that belongs to the thread too; null where it feeds nothing.</param>
internal readonly record struct AcceptedEvent(ReadOnlyMemory<byte> Body, long Ticks, EventId? Id = null, EventFeeds? Fed = null);

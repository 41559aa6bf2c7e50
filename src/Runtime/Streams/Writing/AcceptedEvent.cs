using Typed.Streams.Feeding;

namespace Typed.Streams.Writing;

/// <summary>An event that was checked and written as JSON.</summary>
/// <param name="Body">The JSON; the memory belongs to the thread that wrote it.</param>
/// <param name="Ticks">Its time in units of 100 ns since 1970.</param>
/// <param name="Id">Its id; null where one is drawn later.</param>
/// <param name="IsDrawn">Whether its id was drawn for it, so that no other event has it.</param>
/// <param name="Fed">The points that it feeds, in memory that belongs to the thread too; null where it feeds nothing.</param>
internal readonly record struct AcceptedEvent(ReadOnlyMemory<byte> Body, long Ticks, EventId? Id = null, bool IsDrawn = false, EventFeeds? Fed = null);

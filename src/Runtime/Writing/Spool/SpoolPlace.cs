namespace Typed.Writing.Spool;

/// <summary>Where an item stands.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="Offset">Where its frame begins.</param>
internal readonly record struct SpoolPlace(long Item, Segment Segment, int Offset);

namespace Typed;

/// <summary>How far a consumer has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stream">The name of its stream.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Position">The position after the last event that it has handled.</param>
/// <param name="MovedAt">When the position moved last, by the database's clock.</param>
public sealed record ConsumerPosition(string Name, string Stream, string Namespace, StreamPosition Position, DateTimeOffset MovedAt);

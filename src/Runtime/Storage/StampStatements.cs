namespace Typed.Storage;

/// <summary>How a flush leaves its mark.</summary>
/// <param name="Move">Moves a writer's sequence forward.</param>
/// <param name="Transaction">Gives the transaction that moved it to a number; null where sessions need not know.</param>
internal sealed record StampStatements(Sql Move, Sql? Transaction);

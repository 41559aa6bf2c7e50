namespace Typed;

/// <summary>What became of the points of an insert. A point that every interval skipped is not stored, and its pairs are all skipped.</summary>
/// <param name="Stored">The number of points that at least one interval took.</param>
/// <param name="Skipped">
/// The number of (point, interval) pairs that were left out because the point's bucket is dead: older than the interval keeps. The point's other intervals took
/// it.
/// </param>
public readonly record struct InsertResult(long Stored, long Skipped);

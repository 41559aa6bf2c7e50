namespace Typed;

/// <summary>What became of the points of an insert.</summary>
/// <param name="Points">The number of points given.</param>
/// <param name="Skipped">
/// The number of (point, interval) pairs that were left out because the point's bucket is dead: older than the interval keeps.
/// The point's other intervals took it.
/// </param>
public readonly record struct InsertResult(long Points, long Skipped);

namespace Typed.Storage;

/// <summary>The parts of a query that sums up points by bucket, for <see cref="Dialect.SelectByBucket"/>.</summary>
/// <param name="Table">The table, quoted.</param>
/// <param name="Position">The time of a point.</param>
/// <param name="Columns">What is selected of each bucket, after its start.</param>
/// <param name="Starts">The parameter of the starts of the buckets, ascending.</param>
/// <param name="End">The parameter of the end of the last bucket.</param>
/// <param name="KeySource">The text of <see cref="Dialect.KeySource"/>; null where the query is for one key.</param>
/// <param name="KeyConditions">Which points belong to the keys.</param>
/// <param name="From">FROM and WHERE of the points of the keys that also meet conditions.</param>
internal sealed record BucketedPoints(
    string Table, string Position, string Columns, string Starts, string End, string? KeySource, IReadOnlyList<string> KeyConditions,
    Func<string[], string> From);

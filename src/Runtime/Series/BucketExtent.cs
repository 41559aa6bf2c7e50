namespace Typed;

/// <summary>The first and last live bucket of a key in one interval.</summary>
/// <param name="First">The start of the first live bucket, in UTC.</param>
/// <param name="Last">The start of the last bucket, in UTC.</param>
public readonly record struct BucketExtent(DateTimeOffset First, DateTimeOffset Last);

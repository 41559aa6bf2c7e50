namespace Typed.Time;

/// <summary>Consecutive buckets of one interval.</summary>
/// <param name="First">The start of the first bucket, in microseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Last">The start of the last bucket, which belongs to the span.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
internal readonly record struct BucketSpan(long First, long Last);

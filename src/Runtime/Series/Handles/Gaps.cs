using System.Runtime.CompilerServices;

namespace Typed.Series.Handles;

/// <summary>Fills what buckets lack from the buckets around them.</summary>
internal static class Gaps
{
    /// <summary>Each bucket with what is made of it and of the last one before it that lacks nothing.</summary>
    /// <param name="buckets">The buckets, ascending.</param>
    /// <param name="isGap">Whether a bucket lacks something.</param>
    /// <param name="fill">Makes the value of a gap from its own and the one before.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async IAsyncEnumerable<Bucket<T>> FromBefore<T>(
        IAsyncEnumerable<Bucket<T>> buckets, Func<T, bool> isGap, Func<T, T, T> fill, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Bucket<T>? before = null;
        await foreach (var bucket in buckets.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!isGap(bucket.Value))
            {
                before = bucket;
            }

            yield return before is { } held && isGap(bucket.Value) ? bucket.With(fill(bucket.Value, held.Value)) : bucket;
        }
    }

    /// <summary>
    /// Each bucket; a gap with what is made of it and of the nearest ones before and after it that lack nothing, both of which must be there.
    /// </summary>
    /// <param name="buckets">The buckets, ascending.</param>
    /// <param name="isGap">Whether a bucket lacks something.</param>
    /// <param name="fill">Makes the value of a gap from its own, the one before, the one after, and how much of the distance between them lies behind
    /// it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async IAsyncEnumerable<Bucket<T>> FromBothSides<T>(
        IAsyncEnumerable<Bucket<T>> buckets, Func<T, bool> isGap, Func<T, T, T, (long Part, long Whole), T> fill,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Bucket<T>? before = null;
        List<Bucket<T>> waiting = [];
        await foreach (var bucket in buckets.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (isGap(bucket.Value) && before is not null)
            {
                waiting.Add(bucket);
                continue;
            }

            foreach (var gap in waiting)
            {
                var (start, end) = (before!.Value.StartInstant, bucket.StartInstant);
                yield return gap.With(fill(gap.Value, before.Value.Value, bucket.Value, (gap.StartInstant - start, end - start)));
            }

            waiting.Clear();
            before = isGap(bucket.Value) ? before : bucket;
            yield return bucket;
        }

        foreach (var gap in waiting)
        {
            yield return gap;
        }
    }
}

using static System.FormattableString;

namespace Typed.Time;

/// <summary>The ranges of a read that need no data: which buckets they ask for, before dead ones are clipped off.</summary>
/// <remarks>Instants are microseconds since 1970-01-01T00:00:00Z.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class Ranges
{
    /// <summary>The last <paramref name="count"/> buckets up to now's.</summary>
    /// <param name="interval">The interval read.</param>
    /// <param name="count">How many, at least 1; null: the interval's <c>keep</c>, else 1.</param>
    /// <param name="now">The time by the clock.</param>
    /// <returns>The buckets.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bucket starts outside the years 1 to 9999.</exception>
    public static BucketSpan Last(Interval interval, int? count, long now) => UntilTake(interval, now, count ?? interval.Keep ?? 1);

    /// <summary><paramref name="count"/> buckets, the first of which holds <paramref name="start"/>.</summary>
    /// <param name="interval">The interval read.</param>
    /// <param name="start">A time in the first bucket.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>The buckets.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bucket starts outside the years 1 to 9999.</exception>
    public static BucketSpan FromTake(Interval interval, long start, int count)
    {
        var first = interval.BucketOf(start);
        return new BucketSpan(first, Away(interval, first, count, 1));
    }

    /// <summary><paramref name="count"/> buckets, the last of which holds <paramref name="end"/>.</summary>
    /// <param name="interval">The interval read.</param>
    /// <param name="end">A time in the last bucket.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>The buckets.</returns>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bucket starts outside the years 1 to 9999.</exception>
    public static BucketSpan UntilTake(Interval interval, long end, int count)
    {
        var last = interval.BucketOf(end);
        return new BucketSpan(Away(interval, last, count, -1), last);
    }

    /// <summary>The buckets from <paramref name="start"/>'s to <paramref name="end"/>'s, both included.</summary>
    /// <param name="interval">The interval read.</param>
    /// <param name="start">A time in the first bucket.</param>
    /// <param name="end">A time in the last bucket, not before <paramref name="start"/>.</param>
    /// <returns>The buckets.</returns>
    /// <exception cref="ArgumentException"><paramref name="end"/> is before <paramref name="start"/>, even inside one bucket.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bucket starts outside the years 1 to 9999.</exception>
    public static BucketSpan Between(Interval interval, long start, long end) => start <= end
        ? new BucketSpan(interval.BucketOf(start), interval.BucketOf(end))
        : throw Reversed(Instant.Text(start), Instant.Text(end));

    /// <inheritdoc cref="Between(Interval, long, long)"/>
    /// <remarks>Compares the times as they were given: one that is 100 ns too late is too late, though the instants are equal.</remarks>
    public static BucketSpan Between(Interval interval, DateTimeOffset start, DateTimeOffset end) => start <= end
        ? Between(interval, Instant.From(start), Instant.From(end))
        : throw Reversed(Instant.Text(start), Instant.Text(end));

    /// <summary>The buckets from <paramref name="start"/>'s to now's.</summary>
    /// <param name="interval">The interval read.</param>
    /// <param name="start">A time in the first bucket, not after <paramref name="now"/>.</param>
    /// <param name="now">The time by the clock.</param>
    /// <returns>The buckets.</returns>
    /// <exception cref="ArgumentException"><paramref name="start"/> is after <paramref name="now"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bucket starts outside the years 1 to 9999.</exception>
    public static BucketSpan From(Interval interval, long start, long now) => start <= now
        ? Between(interval, start, now)
        : throw InFuture(Instant.Text(start), Instant.Text(now));

    /// <inheritdoc cref="From(Interval, long, long)"/>
    /// <remarks>Compares the times as they were given: one that is 100 ns too late is too late, though the instants are equal.</remarks>
    public static BucketSpan From(Interval interval, DateTimeOffset start, DateTimeOffset now) => start <= now
        ? Between(interval, start, now)
        : throw InFuture(Instant.Text(start), Instant.Text(now));

    /// <summary>What is live of a span.</summary>
    /// <param name="span">The buckets asked for.</param>
    /// <param name="oldestLive">What <see cref="Interval.OldestLive"/> gave.</param>
    /// <returns>The live buckets; null when there are none.</returns>
    public static BucketSpan? Clip(BucketSpan span, long oldestLive) =>
        span.Last < oldestLive ? null : new BucketSpan(Math.Max(span.First, oldestLive), span.Last);

    /// <summary>The starts of a span's buckets, ascending.</summary>
    /// <param name="interval">The interval of the span.</param>
    /// <param name="span">The buckets.</param>
    /// <returns>Each start once.</returns>
    public static IEnumerable<long> Starts(Interval interval, BucketSpan span)
    {
        var start = span.First;
        do
        {
            yield return start;
        }
        while (interval.Step.TryNext(start, out start) && start <= span.Last);
    }

    /// <summary>The start of the bucket at the far end of <paramref name="count"/> buckets that begin or end with <paramref name="bucket"/>.</summary>
    private static long Away(Interval interval, long bucket, int count, int direction)
    {
        if (count < 1)
        {
            throw new ArgumentException(Invariant($"A range has at least 1 bucket, not {count}."), nameof(count));
        }

        if (interval.Step.TryStartOf(interval.Step.Index(bucket) + direction * (count - 1L), out var away))
        {
            return away;
        }

        var place = direction < 0 ? "ending with" : "from";
        throw new ArgumentOutOfRangeException(
            nameof(count), count, Invariant($"{count} buckets of '{interval.Name}' {place} {Instant.Text(bucket)} leave the years 1 to 9999; ask for fewer."));
    }

    private static ArgumentException Reversed(string start, string end) =>
        new($"The range ends at {end}, before its start {start}; give the earlier time first.", nameof(end));

    private static ArgumentException InFuture(string start, string now) =>
        new($"A range without end runs to now, {now}, and its start {start} is later; say Take(n) or Between(start, end) to read the future.", nameof(start));
}

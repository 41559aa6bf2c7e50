using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>
/// The buckets that each page of a range spans: all that are left, where rows lie in order and the page's limit alone ends it. Where the database has to sort
/// them first,
/// it would sort all that is left once for every page; there a page spans about as many buckets as fill it, which is found out on the way.
/// </summary>
internal sealed class PageSpans(Interval interval, BucketSpan range, bool bounded)
{
    private long _buckets = BucketPageSize.Rows;

    /// <summary>What the page that starts there spans.</summary>
    public BucketSpan From(long start) =>
        bounded && interval.Step.TryStartOf(interval.Step.Index(start) + _buckets - 1, out var last) && last < range.Last
            ? new(start, last)
            : range with { First = start };

    /// <summary>Where the page after one of that span starts; null when the range is read to its end.</summary>
    public long? After<TItem>(BucketSpan span, BucketPage<TItem> page)
    {
        if (page.Resume is { } cut)
        {
            _buckets = interval.Step.Index(cut) - interval.Step.Index(span.First);
            return cut;
        }

        // Doubled, so that data of any density are reached in few pages.
        _buckets = page.Rows < BucketPageSize.Rows / 2 ? _buckets * 2 : _buckets;
        return span.Last < range.Last && interval.Step.TryNext(span.Last, out var next) ? next : null;
    }
}

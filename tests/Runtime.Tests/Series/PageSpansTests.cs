using Typed.Series.Reading;
using Typed.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>How far pages reach where the database has to sort: few pages for data of any density, and none that spans far more than it gives.</summary>
public class PageSpansTests
{
    private static readonly Interval s_second = Interval.Parse("second: 1s");
    private static readonly BucketSpan s_everything = new(Instant.Min, s_second.BucketOf(Instant.Max));

    [Fact]
    public void Sparse_data_take_few_pages()
    {
        var spans = new PageSpans(s_second, s_everything, bounded: true);
        long? start = s_everything.First;
        var (pages, last) = (0, Instant.Min - Instant.PerSecond);
        for (; start is { } from; pages++)
        {
            var span = spans.From(from);
            Assert.Equal(last + Instant.PerSecond, span.First);
            last = span.Last;
            start = spans.After(span, Read(rows: 1));
        }

        Assert.Equal(s_everything.Last, last);
        Assert.InRange(pages, 1, 30);
    }

    [Fact]
    public void Pages_settle_on_what_fills_them()
    {
        var spans = new PageSpans(s_second, s_everything, bounded: true);
        var span = spans.From(0);
        Assert.Equal(new(0, (BucketPageSize.Rows - 1) * Instant.PerSecond), span);

        Assert.Equal(50 * Instant.PerSecond, spans.After(span, Read(BucketPageSize.Rows, resume: 50 * Instant.PerSecond)));
        span = spans.From(50 * Instant.PerSecond);
        Assert.Equal(99 * Instant.PerSecond, span.Last);
        Assert.Equal(100 * Instant.PerSecond, spans.After(span, Read(BucketPageSize.Rows - 1)));
        Assert.Equal(149 * Instant.PerSecond, spans.From(100 * Instant.PerSecond).Last);
    }

    [Fact]
    public void Rows_in_order_need_no_bound()
    {
        var spans = new PageSpans(s_second, s_everything, bounded: false);
        var span = spans.From(0);

        Assert.Equal(s_everything with { First = 0 }, span);
        Assert.Equal(7, spans.After(span, Read(BucketPageSize.Rows, resume: 7)));
        Assert.Null(spans.After(span, Read(rows: 3)));
    }

    // The clocks of Samoa went from the 29th to the 31st; the last month of time has no next one.
    [Theory]
    [InlineData("day: daily in Pacific/Apia", "2011-12-01", "2012-02-01")]
    [InlineData("month: monthly in Asia/Tokyo", "9998-01-15", "9999-12-31")]
    public void Spans_follow_each_other_on_calendar_grids(string declaration, string first, string last)
    {
        var interval = Interval.Parse(declaration);
        var range = Ranges.Between(interval, Instant.From(Date(first)), Instant.From(Date(last)));
        var spans = new PageSpans(interval, range, bounded: true);
        long? start = range.First;
        _ = spans.After(range, Read(BucketPageSize.Rows, resume: Ranges.Starts(interval, range).ElementAt(3)));
        List<long> starts = [];
        while (start is { } from)
        {
            var span = spans.From(from);
            starts.AddRange(Ranges.Starts(interval, span));
            start = spans.After(span, Read(BucketPageSize.Rows - 1));
        }

        Assert.Equal(Ranges.Starts(interval, range), starts);
    }

    private static DateTimeOffset Date(string day) => new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);

    private static BucketPage<int> Read(int rows, long? resume = null) => new([], rows, resume);
}

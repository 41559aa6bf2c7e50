using Typed.Generated;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Typed.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>A point whose bucket would end after year 9999 is refused, whatever the type of series and the grid.</summary>
public abstract class LastBucketTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly string[] s_intervals = [LastIntervals.Second, LastIntervals.Fortnight, LastIntervals.Week, LastIntervals.Month];

    /// <summary>The last instant that has a whole bucket in every interval.</summary>
    private static readonly DateTimeOffset s_limit = Instant.ToDateTimeOffset(s_intervals.Min(text => Interval.Parse(text).BucketOf(Instant.Max)) - 1);

    [Fact]
    public async Task Counts()
    {
        await using var store = await OpenAsync<LastCount>();
        await CheckAsync(LastCount.In(store), at => new("a", 1, at), at => LastCount.In(store).InsertAsync("a", 1, at), "last_count_second");
    }

    [Fact]
    public async Task Gauges()
    {
        await using var store = await OpenAsync<LastGauge>();
        await CheckAsync(LastGauge.In(store), at => new("a", 1, at), at => LastGauge.In(store).InsertAsync("a", 1, at), "last_gauge_second");
    }

    [Fact]
    public async Task Histograms()
    {
        await using var store = await OpenAsync<LastHistogram>();
        await CheckAsync(LastHistogram.In(store), at => new("a", 1, at), at => LastHistogram.In(store).InsertAsync("a", 1, at), "last_histogram_second");
    }

    [Fact]
    public async Task Sets()
    {
        await using var store = await OpenAsync<LastSet>();
        await CheckAsync(LastSet.In(store), at => new("a", 1, at), at => LastSet.In(store).InsertAsync("a", 1, at), "last_set_second");
    }

    [Fact]
    public async Task Points()
    {
        await using var store = await OpenAsync<LastPoint>();
        await CheckAsync(LastPoint.In(store), at => new("a", 1, at), at => LastPoint.In(store).InsertAsync("a", 1, at), "last_point_points");
        foreach (var bucket in await ListAsync(LastPoint.In(store).Month.For("a").All().SkipEmpty()))
        {
            Assert.True(bucket.End > s_limit);
        }
    }

    private async Task CheckAsync<TPoint, TKey, TValue>(
        SeriesHandle<TPoint, TKey, TValue> series, Func<DateTimeOffset, TPoint> point, Func<DateTimeOffset, ValueTask<InsertResult>> byParts, string table)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        await series.InsertAsync(point(s_limit));
        Assert.Equal(1, await Database.RowsAsync(table));

        foreach (var beyond in (DateTimeOffset[])[s_limit.AddMicroseconds(1), DateTimeOffset.MaxValue])
        {
            Check(await Assert.ThrowsAsync<RejectedPointException>(async () => await series.InsertAsync(point(beyond))), 0);
            Check(await Assert.ThrowsAsync<RejectedPointException>(async () => await byParts(beyond)), 0);
            Check(await Assert.ThrowsAsync<RejectedPointException>(async () => await series.InsertAsync([point(Noon), point(beyond), point(Noon)])), 1);
            Assert.Equal(1, await Database.RowsAsync(table));

            void Check(RejectedPointException error, long index)
            {
                Assert.Equal(("At", index), (error.Member, error.Index));
                Assert.Contains(beyond.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), error.Reason, StringComparison.Ordinal);
                Assert.Contains(s_limit.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), error.Reason, StringComparison.Ordinal);
            }
        }
    }
}

public sealed class LastBucketTestsOnSqlite() : LastBucketTests(DatabaseServer.Sqlite);

public sealed class LastBucketTestsOnPostgres() : LastBucketTests(DatabaseServer.Postgres);

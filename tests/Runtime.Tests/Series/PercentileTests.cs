using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Percentiles of ranges: the nearest rank among the entries themselves, per bucket, per key and of the whole range.</summary>
public abstract class PercentileTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly double[] s_percentiles = [0, 0.001, 1, 24.9, 25, 25.1, 50, 1 / 3.0, 99, 99.9, 100, 50];

    /// <summary>Entries by bucket and key: single ones, equal ones, few and many.</summary>
    private static readonly (string Key, int Day, int Rank)[] s_entries =
    [
        .. from key in new[] { "a", "b" }
           from day in Enumerable.Range(0, 5)
           from i in Enumerable.Range(0, day == 2 ? 0 : (day * 7) + key[0] - 'a' + 1)
           select (key, day, i * i % 11),
    ];

    [Fact]
    public async Task Of_every_kind_of_value()
    {
        await using var store = await OpenAsync(o => o.Only<OfInt32>().Only<OfDouble>().Only<OfDecimal>().Only<OfText>().Only<OfBoolean>().Only<OfGuid>().Only<OfBytes>()
            .Only<OfDateTimeOffset>().Only<OfTimeSpan>().Only<OfInt64Enum>().Only<OfUInt64>());
        foreach (var day in Enumerable.Range(0, 5))
        {
            Clock.AdjustTime(Noon.AddDays(day));
            var entries = s_entries.Where(e => e.Day == day).ToArray();
            await OfInt32.In(store).InsertAsync(entries.Select(e => new OfInt32(e.Key, Number(e.Rank))));
            await OfDouble.In(store).InsertAsync(entries.Select(e => new OfDouble(e.Key, Number(e.Rank) / 3.0)));
            await OfDecimal.In(store).InsertAsync(entries.Select(e => new OfDecimal(e.Key, Number(e.Rank) / 4m)));
            await OfText.In(store).InsertAsync(entries.Select(e => new OfText(e.Key, Word(e.Rank))));
            await OfBoolean.In(store).InsertAsync(entries.Select(e => new OfBoolean(e.Key, e.Rank > 4)));
            await OfGuid.In(store).InsertAsync(entries.Select(e => new OfGuid(e.Key, Id(e.Rank))));
            await OfBytes.In(store).InsertAsync(entries.Select(e => new OfBytes(e.Key, [(byte)(e.Rank * 20)])));
            await OfDateTimeOffset.In(store).InsertAsync(entries.Select(e => new OfDateTimeOffset(e.Key, Noon.AddDays(Number(e.Rank)))));
            await OfTimeSpan.In(store).InsertAsync(entries.Select(e => new OfTimeSpan(e.Key, TimeSpan.FromHours(Number(e.Rank)))));
            await OfInt64Enum.In(store).InsertAsync(entries.Select(e => new OfInt64Enum(e.Key, (Int64Enum)Number(e.Rank))));
            await OfUInt64.In(store).InsertAsync(entries.Select(e => new OfUInt64(e.Key, (ulong)e.Rank)));
        }

        await SameAsync(k => OfInt32.In(store).Day.For(Keys(k, name => new OfInt32.Key(name))).Last(6).Percentiles(s_percentiles), Number);
        await SameAsync(k => OfDouble.In(store).Day.For(Keys(k, name => new OfDouble.Key(name))).Last(6).Percentiles(s_percentiles), rank => Number(rank) / 3.0);
        await SameAsync(k => OfDecimal.In(store).Day.For(Keys(k, name => new OfDecimal.Key(name))).Last(6).Percentiles(s_percentiles), rank => Number(rank) / 4m);
        await SameAsync(k => OfText.In(store).Day.For(Keys(k, name => new OfText.Key(name))).Last(6).Percentiles(s_percentiles), Word);
        await SameAsync(k => OfBoolean.In(store).Day.For(Keys(k, name => new OfBoolean.Key(name))).Last(6).Percentiles(s_percentiles), rank => rank > 4);
        await SameAsync(k => OfGuid.In(store).Day.For(Keys(k, name => new OfGuid.Key(name))).Last(6).Percentiles(s_percentiles), Id);
        await SameAsync(k => OfBytes.In(store).Day.For(Keys(k, name => new OfBytes.Key(name))).Last(6).Percentiles(s_percentiles), rank => new[] { (byte)(rank * 20) });
        await SameAsync(k => OfDateTimeOffset.In(store).Day.For(Keys(k, name => new OfDateTimeOffset.Key(name))).Last(6).Percentiles(s_percentiles), rank => Noon.AddDays(Number(rank)));
        await SameAsync(k => OfTimeSpan.In(store).Day.For(Keys(k, name => new OfTimeSpan.Key(name))).Last(6).Percentiles(s_percentiles), rank => TimeSpan.FromHours(Number(rank)));
        await SameAsync(k => OfInt64Enum.In(store).Day.For(Keys(k, name => new OfInt64Enum.Key(name))).Last(6).Percentiles(s_percentiles), rank => (Int64Enum)Number(rank));
        await SameAsync(k => OfUInt64.In(store).Day.For(Keys(k, name => new OfUInt64.Key(name))).Last(6).Percentiles(s_percentiles), rank => (ulong)rank);

        // Slots of a fine interval are merged: two weeks, Monday between the first days and the rest.
        var weeks = await ListAsync(OfInt32.In(store).Week.For("b").Last(3).Percentiles(s_percentiles));
        Assert.Equal([[], [0, 1], [2, 3, 4]], weeks.Select(week => Enumerable.Range(0, 5).Where(day => Monday(Noon.AddDays(day)) == week.Start)));
        Assert.Equal(weeks.Select(week => Expected(s_entries.Where(e => e.Key == "b" && Monday(Noon.AddDays(e.Day)) == week.Start).Select(e => e.Rank), rank => (int?)Number(rank))), weeks.Select(week => week.Value));
        Assert.Equal(Expected(s_entries.Select(e => e.Rank), rank => (int?)Number(rank)), await OfInt32.In(store).Week.For(["a", "b"]).Last(3).PercentilesAsync(s_percentiles));
        Assert.Equal(Expected(s_entries.Select(e => e.Rank), rank => (string?)Word(rank)), await OfText.In(store).Day.For(["b", "a"]).All().PercentilesAsync(s_percentiles));
        Assert.Equal([null, null], await OfText.In(store).Day.For("none").Last(3).PercentilesAsync([1, 2]));
        Assert.Equal([null, null], await OfInt32.In(store).Day.For("none").All().PercentilesAsync([1, 2]));

        // Per key.
        var all = await ListAsync(OfInt32.In(store).Week.ForAll().Last(3).Percentiles(50, 100));
        Assert.Equal(["a", "a", "a", "b", "b", "b"], all.Select(week => week.Key.Name));
        Assert.Equal(all.Select(week => Expected(s_entries.Where(e => e.Key == week.Key.Name && Monday(Noon.AddDays(e.Day)) == week.Bucket.Start).Select(e => e.Rank), rank => (int?)Number(rank), 50, 100)), all.Select(week => week.Bucket.Value));
        Assert.Equal(8, (await ListAsync(OfText.In(store).Day.ForAll().All().SkipEmpty().Percentiles(50))).Count);
        Assert.Equal(4, (await ListAsync(OfText.In(store).Day.ForAll("b").All().SkipEmpty().Percentiles(50))).Count);

        static DateTimeOffset Monday(DateTimeOffset at) => new(at.Date.AddDays(-(((int)at.DayOfWeek + 6) % 7)), TimeSpan.Zero);
    }

    [Fact]
    public async Task Of_large_counts()
    {
        await using var store = await OpenAsync<OfInt32>();
        await OfInt32.In(store).InsertAsync(Enumerable.Repeat(new OfInt32("a", 1), 29).Concat(Enumerable.Range(2, 71).Select(i => new OfInt32("a", i))));

        // 29 of 100: a product of doubles would go one further.
        Assert.Equal([1, 2, 72, 1], (await OfInt32.In(store).Day.For("a").Last(1).PercentilesAsync([29, 29.0000001, 100, 0])).Select(value => value!.Value));
    }

    /// <summary>Histograms of few and of many entries, whose counts differ by many orders of magnitude.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(300)]
    public async Task Of_weighted_entries(int entries)
    {
        await using var store = await OpenAsync(o => o.Only<OfDouble>().Only<OfText>());
        var random = new Random(entries);
        var weights = Enumerable.Range(0, entries).Select(i => (Value: (i * 0.5) - 7, Count: 1 + random.NextInt64(1L << random.Next(1, 50)))).ToArray();
        foreach (var (value, count) in weights.OrderBy(_ => random.Next()))
        {
            await OfDouble.In(store).InsertAsync("a", value, count: count);
            await OfText.In(store).InsertAsync("a", Text(value), count: count);
        }

        var total = weights.Sum(one => (decimal)one.Count);
        var expected = s_percentiles.Select(p => weights.First(one => weights.TakeWhile(other => other.Value <= one.Value).Sum(other => (decimal)other.Count) * 100 >= (decimal)p * total).Value).ToArray();
        Assert.Equal(expected.Select(value => (double?)value), Assert.Single(await ListAsync(OfDouble.In(store).Day.For("a").Last(1).Percentiles(s_percentiles))).Value);
        Assert.Equal(expected.Select(value => (double?)value), await OfDouble.In(store).Week.For(["a", "none"]).Last(1).PercentilesAsync(s_percentiles));
        Assert.Equal(expected.Select(Text), Assert.Single(await ListAsync(OfText.In(store).Day.For("a").Last(1).Percentiles(s_percentiles))).Value);

        static string Text(double value) => $"{(char)(1000 + (value * 2))}";
    }

    [Fact]
    public async Task Of_counts_that_no_sum_holds()
    {
        await using var store = await OpenAsync<OfInt32>();
        await OfInt32.In(store).InsertAsync("a", 1, count: long.MaxValue);
        await OfInt32.In(store).InsertAsync("a", 2, count: long.MaxValue);

        var error = await Assert.ThrowsAsync<OverflowException>(async () => await OfInt32.In(store).Day.For("a").Last(1).PercentilesAsync([50]));
        Assert.Contains("interval 'day'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OverflowException>(() => ListAsync(OfInt32.In(store).Day.For("a").Last(1).Percentiles(50)));
        Assert.Equal([new(1, long.MaxValue)], await OfInt32.In(store).Day.For("a").Last(1).TopAsync(1));
    }

    [Fact]
    public async Task Of_more_buckets_than_a_page()
    {
        await using var store = await OpenAsync<PagedValues>();
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await PagedValues.In(store).InsertAsync(from i in Enumerable.Range(0, 45_000) from value in new[] { i, -i, i } select new PagedValues(i % 2 == 0 ? "a" : "b", value, start.AddSeconds(i)));

        var seconds = await ListAsync(PagedValues.In(store).Second.For(["a", "b"]).All().Percentiles(50, 1));
        Assert.Equal(Enumerable.Range(0, 45_000).Select(i => ((int?)i, (int?)-i)), seconds.Select(second => (second.Value[0], second.Value[1])));
        var minutes = await ListAsync(PagedValues.In(store).Minute.For("a").All().Percentiles(0));
        Assert.Equal(Enumerable.Range(0, 750).Select(minute => (int?)-((minute * 60) + 58)), minutes.Select(minute => minute.Value[0]));
        var all = await ListAsync(PagedValues.In(store).Second.ForAll().All().SkipEmpty().Percentiles(100));
        Assert.Equal(Enumerable.Range(0, 45_000).OrderBy(i => i % 2).Select(i => (int?)i), all.Select(second => second.Bucket.Value[0]));
    }

    [Fact]
    public async Task Wrong_ones_are_refused()
    {
        await using var store = await OpenAsync<OfInt32>();
        var range = OfInt32.In(store).Day.For("a").Last(1);

        Assert.Throws<ArgumentException>(() => range.Percentiles());
        Assert.Throws<ArgumentOutOfRangeException>(() => range.Percentiles(50, 100.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.Percentiles(double.NaN));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await range.PercentilesAsync([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfInt32.In(store).Day.ForAll().Last(1).Percentiles(-1));
        Assert.Throws<InvalidOperationException>(() => range.Join(histograms => histograms[0]).Percentiles(50));
    }

    private static int Number(int rank) => (rank * 5) - 20;

    private static string Word(int rank) => $"{(char)('A' + (rank * 5))}\U0001F600";

    private static Guid Id(int rank) => new($"{rank:x2}000000-0000-0000-0000-0000000000ff");

    private static TKey[] Keys<TKey>(string[] names, Func<string, TKey> make) => [.. names.Select(make)];

    private static async Task SameAsync<T, TOut>(Func<string[], IAsyncEnumerable<Bucket<IReadOnlyList<TOut>>>> read, Func<int, T> value)
    {
        foreach (var keys in new string[][] { ["a"], ["b"], ["b", "a"] })
        {
            var days = await ListAsync(read(keys));
            Assert.Equal(6, days.Count);
            Assert.Equal(
                Enumerable.Range(-1, 6).Select(day => Expected(s_entries.Where(e => e.Day == day && keys.Contains(e.Key)).Select(e => e.Rank), rank => (TOut)(object)value(rank)!)),
                days.Select(day => day.Value));
        }
    }

    private static TOut[] Expected<TOut>(IEnumerable<int> ranks, Func<int, TOut> value, params double[] percentiles)
    {
        var entries = ranks.Order().ToArray();
        return [.. (percentiles.Length == 0 ? s_percentiles : percentiles)
            .Select(p => entries.Length == 0 ? default! : value(entries[Math.Max(1, (int)Math.Ceiling((decimal)p * entries.Length / 100)) - 1]))];
    }
}

public sealed class PercentileTestsOnSqlite() : PercentileTests(DatabaseServer.Sqlite);

public sealed class PercentileTestsOnPostgres() : PercentileTests(DatabaseServer.Postgres);

using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>The most frequent values of ranges: found in the database, and as LINQ to Objects finds them among the points.</summary>
public abstract class TopTests(DatabaseServer server) : StoreSuite(server)
{
    /// <summary>Points by day and key, with many equal counts; the third day is empty.</summary>
    private static readonly (string Key, int Day, int Rank)[] s_points =
    [
        .. from key in new[] { "a", "b" }
           from day in new[] { 0, 1, 3, 4 }
           from i in Enumerable.Range(0, (day * 9) + key[0] - 'a' + 1)
           select (key, day, i * i % 11),
    ];

    [Fact]
    public async Task Of_every_kind_of_value()
    {
        await using var store = await OpenAsync(o => o.Only<OfInt32>().Only<OfDouble>().Only<OfDecimal>().Only<OfText>().Only<OfBoolean>().Only<OfGuid>().Only<OfDateOnly>());
        foreach (var day in Enumerable.Range(0, 5))
        {
            Clock.AdjustTime(Noon.AddDays(day));
            var points = s_points.Where(p => p.Day == day).ToArray();
            await OfInt32.In(store).InsertAsync(points.Select(p => new OfInt32(p.Key, Number(p.Rank))));
            await OfDouble.In(store).InsertAsync(points.Select(p => new OfDouble(p.Key, Number(p.Rank) / 3.0)));
            await OfDecimal.In(store).InsertAsync(points.Select(p => new OfDecimal(p.Key, Number(p.Rank) / 4m)));
            await OfText.In(store).InsertAsync(points.Select(p => new OfText(p.Key, Word(p.Rank))));
            await OfBoolean.In(store).InsertAsync(points.Select(p => new OfBoolean(p.Key, p.Rank > 4)));
            await OfGuid.In(store).InsertAsync(points.Select(p => new OfGuid(p.Key, Id(p.Rank))));
            await OfDateOnly.In(store).InsertAsync(points.Select(p => new OfDateOnly(p.Key, Day(p.Rank))));
        }

        foreach (var count in new[] { 1, 3, 100 })
        {
            await SameAsync(keys => OfInt32.In(store).Day.For(Keys(keys, name => new OfInt32.Key(name))).Last(6).Top(count), Number, count);
            await SameAsync(keys => OfDouble.In(store).Day.For(Keys(keys, name => new OfDouble.Key(name))).Last(6).Top(count), rank => Number(rank) / 3.0, count);
            await SameAsync(keys => OfDecimal.In(store).Day.For(Keys(keys, name => new OfDecimal.Key(name))).Last(6).Top(count), rank => Number(rank) / 4m, count);
            await SameAsync(keys => OfText.In(store).Day.For(Keys(keys, name => new OfText.Key(name))).Last(6).Top(count), Word, count);
            await SameAsync(keys => OfBoolean.In(store).Day.For(Keys(keys, name => new OfBoolean.Key(name))).Last(6).Top(count), rank => rank > 4, count);
            await SameAsync(keys => OfGuid.In(store).Day.For(Keys(keys, name => new OfGuid.Key(name))).Last(6).Top(count), Id, count);
            await SameAsync(keys => OfDateOnly.In(store).Day.For(Keys(keys, name => new OfDateOnly.Key(name))).Last(6).Top(count), Day, count);

            // A whole range, the slots of a fine interval, and a coarser grid.
            Assert.Equal(Expected(s_points, Number, count), await OfInt32.In(store).Day.For(["b", "a"]).All().TopAsync(count));
            Assert.Equal(Expected(s_points.Where(p => p.Key == "a"), rank => Number(rank) / 4m, count), await OfDecimal.In(store).Day.For("a").All().TopAsync(count));
            Assert.Equal(Weeks("b", count), (await ListAsync(OfInt32.In(store).Week.For("b").Last(2).Top(count))).Select(week => week.Value));
            Assert.Equal(Weeks("b", count), (await ListAsync(OfInt32.In(store).Day.For("b").Last(12).Resample("weekly").SkipEmpty().Top(count))).Select(week => week.Value));

            // Per key.
            var all = await ListAsync(OfInt32.In(store).Week.ForAll().Last(2).Top(count));
            Assert.Equal(["a", "a", "b", "b"], all.Select(week => week.Key.Name));
            Assert.Equal(Weeks("a", count).Concat(Weeks("b", count)), all.Select(week => week.Bucket.Value));
            var days = await ListAsync(OfText.In(store).Day.ForAll("b").All().SkipEmpty().Top(count));
            Assert.Equal(new[] { 0, 1, 3, 4 }.Select(day => Expected(s_points.Where(p => p.Key == "b" && p.Day == day), Word, count)), days.Select(day => day.Bucket.Value));
        }

        Assert.Empty(await OfText.In(store).Day.For("none").Last(3).TopAsync(2));
        Assert.All(await ListAsync(OfText.In(store).Day.For("none").Last(3).Top(2)), day => Assert.Empty(day.Value));
    }

    /// <summary>Sums of counts beyond 32 bits, whose halves SQLite adds up apart.</summary>
    [Fact]
    public async Task Of_large_counts()
    {
        await using var store = await OpenAsync<OfInt32>();
        var half = 1L << 31;
        foreach (var (key, value, count) in new[] { ("a", 1, half), ("b", 1, half), ("a", 2, half + 1), ("b", 2, half - 2), ("a", 3, 3 * half), ("a", 4, (2 * half) - 1), ("b", 5, 2 * half) })
        {
            await OfInt32.In(store).InsertAsync(key, value, count: count);
        }

        Assert.Equal(
            [new(3, 3 * half), new(1, 2 * half), new(5, 2 * half), new(2, (2 * half) - 1), new(4, (2 * half) - 1)],
            Assert.Single(await ListAsync(OfInt32.In(store).Day.For(["a", "b"]).Last(1).Top(9))).Value);
        Assert.Equal([new(3, 3 * half), new(1, 2 * half)], await OfInt32.In(store).Week.For(["a", "b"]).Last(1).TopAsync(2));
    }

    [Fact]
    public async Task Of_more_buckets_than_a_page()
    {
        await using var store = await OpenAsync<PagedValues>();
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await PagedValues.In(store).InsertAsync(from i in Enumerable.Range(0, 45_000) from value in new[] { i, -i, i } select new PagedValues(i % 2 == 0 ? "a" : "b", value, start.AddSeconds(i)));

        var seconds = await ListAsync(PagedValues.In(store).Second.For(["a", "b"]).All().Top(1));
        Assert.Equal(Enumerable.Range(0, 45_000), seconds.Select(second => Assert.Single(second.Value).Key));
        var ofOne = await ListAsync(PagedValues.In(store).Second.For("b").All().SkipEmpty().Top(2));
        Assert.Equal(Enumerable.Range(0, 22_500).SelectMany(i => new[] { (2 * i) + 1, -((2 * i) + 1) }), ofOne.SelectMany(second => second.Value.Select(pair => pair.Key)));
        var all = await ListAsync(PagedValues.In(store).Second.ForAll().All().SkipEmpty().Top(1));
        Assert.Equal(Enumerable.Range(0, 45_000).OrderBy(i => i % 2), all.Select(second => Assert.Single(second.Bucket.Value).Key));
    }

    [Fact]
    public async Task Wrong_ones_are_refused()
    {
        await using var store = await OpenAsync<OfInt32>();
        var range = OfInt32.In(store).Day.For("a").Last(1);

        Assert.Throws<ArgumentOutOfRangeException>(() => range.Top(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await range.TopAsync(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfInt32.In(store).Day.ForAll().Last(1).Top(0));
        Assert.Throws<InvalidOperationException>(() => range.Join(histograms => histograms[0]).Top(1));
    }

    /// <summary>Monday lies between the first days and the rest.</summary>
    private static IEnumerable<IReadOnlyList<KeyValuePair<int, long>>> Weeks(string key, int count) =>
        new[] { s_points.Where(p => p.Day <= 1), s_points.Where(p => p.Day > 1) }.Select(week => Expected(week.Where(p => p.Key == key), Number, count));

    private static async Task SameAsync<T>(Func<string[], IAsyncEnumerable<Bucket<IReadOnlyList<KeyValuePair<T, long>>>>> read, Func<int, T> value, int count)
    {
        foreach (var keys in new string[][] { ["a"], ["b"], ["b", "a"] })
        {
            var days = await ListAsync(read(keys));
            Assert.Equal(
                Enumerable.Range(-1, 6).Select(day => Expected(s_points.Where(p => p.Day == day && keys.Contains(p.Key)), value, count)),
                days.Select(day => day.Value));
        }
    }

    private static IReadOnlyList<KeyValuePair<T, long>> Expected<T>(IEnumerable<(string Key, int Day, int Rank)> points, Func<int, T> value, int count) =>
        [.. points.GroupBy(p => value(p.Rank)).OrderByDescending(group => group.Count()).ThenBy(group => group.Min(p => p.Rank)).Take(count)
            .Select(group => new KeyValuePair<T, long>(group.Key, group.Count()))];

    private static int Number(int rank) => (rank * 5) - 20;

    private static string Word(int rank) => $"{(char)('A' + (rank * 5))}\U0001F600";

    private static Guid Id(int rank) => new($"{rank:x2}000000-0000-0000-0000-0000000000ff");

    private static DateOnly Day(int rank) => new DateOnly(2026, 1, 28).AddDays(rank);

    private static TKey[] Keys<TKey>(string[] names, Func<string, TKey> make) => [.. names.Select(make)];
}

public sealed class TopTestsOnSqlite() : TopTests(DatabaseServer.Sqlite);

public sealed class TopTestsOnPostgres() : TopTests(DatabaseServer.Postgres);

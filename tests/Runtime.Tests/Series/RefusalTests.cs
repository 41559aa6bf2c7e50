using Typed.Generated;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>What cannot be stored is refused before anything is written, with the member and the value named.</summary>
public abstract class RefusalTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public Task A_null_value() => RefusesAsync(OfText.In, "Value", "null", good: new("k", "v"), bad: new("k", null!));

    [Fact]
    public Task Null_bytes() => RefusesAsync(OfBytes.In, "Value", "null", good: new("k", [1]), bad: new("k", null!));

    [Fact]
    public Task U0000_in_text() => RefusesAsync(OfText.In, "Value", "U+0000 at index 1", good: new("k", "v"), bad: new("k", "a\0b"));

    // By number: a test case that holds half a character does not survive its way to the runner.
    [Theory]
    [InlineData(0, "U+D800 at index 1")]
    [InlineData(1, "U+DC00 at index 0")]
    [InlineData(2, "U+D83D at index 2")]
    public Task A_lone_surrogate(int number, string named)
    {
        string[] texts = ["a\uD800", "\uDC00\uD800", "\uD83D\uDE00\uD83D\uD83D\uDE00"];
        return RefusesAsync(OfText.In, "Value", named, good: new("k", "\uD83D\uDE00"), bad: new("k", texts[number]));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public Task A_double_that_is_no_number(double value, string named) => RefusesAsync(OfDouble.In, "Value", named, good: new("k", 1), bad: new("k", value));

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public Task A_float_that_is_no_number(float value, string named) => RefusesAsync(OfSingle.In, "Value", named, good: new("k", 1), bad: new("k", value));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public Task A_count_of_no_number(double value, string named) => RefusesAsync(CountOfDouble.In, "Value", named, good: new("k", 1), bad: new("k", value));

    [Fact]
    public Task A_count_of_a_float_that_is_no_number() => RefusesAsync(CountOfSingle.In, "Value", "NaN", good: new("k", 1), bad: new("k", float.NaN));

    [Fact]
    public Task An_unsigned_long_beyond_long() => RefusesAsync(OfUInt64.In, "Value", "9223372036854775808", good: new("k", 1), bad: new("k", long.MaxValue + 1ul));

    [Fact]
    public Task A_count_of_an_unsigned_long_beyond_long() => RefusesAsync(CountOfUInt64.In, "Value", "18446744073709551615", good: new("k", 1), bad: new("k", ulong.MaxValue));

    [Fact]
    public Task An_enum_beyond_long() => RefusesAsync(OfUInt64Enum.In, "Value", "18446744073709551615", good: new("k", UInt64Enum.One), bad: new("k", UInt64Enum.Beyond));

    [Theory]
    [InlineData(DateTimeKind.Local)]
    [InlineData(DateTimeKind.Unspecified)]
    public Task A_time_that_is_not_utc(DateTimeKind kind) =>
        RefusesAsync(OfDateTime.In, "Value", "2026-03-21T12:00:00", good: new("k", DateTime.UnixEpoch), bad: new("k", new DateTime(2026, 3, 21, 12, 0, 0, kind)));

    [Fact]
    public Task A_duration_that_cannot_be_cut() => RefusesAsync(OfTimeSpan.In, "Value", "-10675199.02:48:05.4775808", good: new("k", TimeSpan.Zero), bad: new("k", TimeSpan.MinValue));

    // Two bytes of UTF-8 each.
    [Fact]
    public Task A_value_over_1024_bytes() => RefusesAsync(OfText.In, "Value", "1025", good: new("k", "v"), bad: new("k", new string('\u00e9', 512) + "x"));

    [Fact]
    public Task Bytes_over_1024() => RefusesAsync(OfBytes.In, "Value", "1025", good: new("k", [1]), bad: new("k", new byte[1025]));

    [Fact]
    public Task A_null_key() => RefusesAsync(OfText.In, "Name", "null", good: new("k", "v"), bad: new(null!, "v"));

    [Fact]
    public Task A_key_with_U0000() => RefusesAsync(OfText.In, "Name", "U+0000 at index 0", good: new("k", "v"), bad: new("\0", "v"));

    [Fact]
    public Task A_key_over_512_bytes() => RefusesAsync(OfText.In, "Name", "513 bytes", good: new("k", "v"), bad: new(new string('\u00e9', 256) + "x", "v"));

    [Fact]
    public Task Keys_over_512_bytes_together() => RefusesAsync(Pair.In, "Right", "513 bytes", good: new("l", "r", 1), bad: new(new string('x', 300), new string('y', 213), 1));

    [Fact]
    public Task A_key_that_is_no_number() => RefusesAsync(ByDouble.In, "Id", "NaN", good: new(1), bad: new(double.NaN));

    [Fact]
    public Task A_key_that_is_not_utc() => RefusesAsync(ByDateTime.In, "Id", "2026-01-02T03:04:05", good: new(DateTime.UnixEpoch), bad: new(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local)));

    [Fact]
    public async Task Keys_of_reads_are_checked_too()
    {
        await using var store = await OpenAsync<OfText>();
        var texts = OfText.In(store);

        Assert.Equal("Name", (await Assert.ThrowsAsync<RejectedPointException>(async () => await texts.Day.GetAsync("\0"))).Member);
        Assert.Equal("Name", Assert.Throws<RejectedPointException>(() => texts.Day.For((string)null!)).Member);
        Assert.Equal("Name", (await Assert.ThrowsAsync<RejectedPointException>(async () => await texts.DeleteAsync(new string('x', 513)))).Member);
        Assert.Throws<ArgumentException>(() => texts.Day.For(Array.Empty<OfText.Key>()));
    }

    [Fact]
    public async Task A_time_member_that_is_not_utc()
    {
        await using var store = await OpenAsync<Sale>();

        var error = await Assert.ThrowsAsync<RejectedPointException>(async () => await Sale.In(store).InsertAsync(
            [new Sale { Shop = "a", Price = 1 }, new Sale { Shop = "a", Price = 1, At = new DateTime(2026, 3, 21, 12, 0, 0, DateTimeKind.Local) }]));

        Assert.Equal(("At", 1L), (error.Member, error.Index));
        Assert.Contains("2026-03-21T12:00:00", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.RowsAsync("sale_hour"));
    }

    [Fact]
    public async Task A_point_that_is_null()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<RejectedPointException>(async () => await Hit.In(store).InsertAsync([new Hit { Page = "/" }, null!]));

        Assert.Equal(("Hit", 1L), (error.Member, error.Index));
        Assert.Equal(0, await Database.RowsAsync("hit_day"));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Hit.In(store).InsertAsync((IEnumerable<Hit>)null!));
    }

    [Fact]
    public async Task Keys_and_values_of_just_the_size_are_taken()
    {
        await using var store = await OpenAsync(o => o.Only<OfText>().Only<OfBytes>().Only<Pair>());
        var key = string.Concat(Enumerable.Repeat("\U0001F600", 128));
        var bytes = new byte[1024];
        Random.Shared.NextBytes(bytes); // so that compressing the index entry does not help
        var text = string.Concat(bytes.Select(b => (char)('!' + (b % 90))));

        await OfText.In(store).InsertAsync(key, text);
        await OfBytes.In(store).InsertAsync(key, bytes);
        await Pair.In(store).InsertAsync(text[..300], text[..212], 1);

        Assert.Equal(text, Assert.Single((await OfText.In(store).Week.GetAsync(key)).Value.Values));
        Assert.Equal(bytes, Assert.Single((await OfBytes.In(store).Week.GetAsync(key)).Value.Values));
        Assert.Equal(1, (await Pair.In(store).Day.GetAsync(new(text[..300], text[..212]))).Value);
    }

    [Fact]
    public async Task A_total_that_overflows_within_a_batch()
    {
        await using var store = await OpenAsync<CountOfInt64>();
        var counts = CountOfInt64.In(store);
        await counts.InsertAsync("k", 5);

        var error = await Assert.ThrowsAsync<RejectedPointException>(async () => await counts.InsertAsync([new("k", 1), new("other", 1), new("k", long.MaxValue)]));

        Assert.Equal(("Value", 2L), (error.Member, error.Index));
        Assert.Contains("9223372036854775807", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, (await counts.Day.GetAsync("k")).Value);
        Assert.Equal(0, (await counts.Day.GetAsync("other")).Value);
    }

    [Theory]
    [InlineData(long.MaxValue, 1L)]
    [InlineData(long.MinValue, -1L)]
    public async Task A_total_that_overflows_what_is_stored(long stored, long added)
    {
        await using var store = await OpenAsync<CountOfInt64>();
        var counts = CountOfInt64.In(store);
        await counts.InsertAsync("k", stored);

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await counts.InsertAsync([new("another", 1), new("k", added), new("other", 1)]));

        Assert.True(error.OutcomeKnown);
        Assert.Contains("count_of_int64_", error.Message, StringComparison.Ordinal);
        Assert.Equal(stored, (await counts.Minute.GetAsync("k")).Value);
        Assert.Equal(stored, (await counts.Day.GetAsync("k")).Value);
        Assert.Equal(["k"], (await ListAsync(counts.Keys())).Select(key => key.Name));
        await counts.InsertAsync("k", -added);
        Assert.Equal(stored - added, (await counts.Day.GetAsync("k")).Value);
    }

    [Fact]
    public async Task A_decimal_total_that_overflows()
    {
        await using var store = await OpenAsync<CountOfDecimal>();
        var counts = CountOfDecimal.In(store);

        Assert.Equal("Value", (await Assert.ThrowsAsync<RejectedPointException>(async () => await counts.InsertAsync([new("k", decimal.MaxValue), new("k", 1m)]))).Member);
        await counts.InsertAsync("k", decimal.MaxValue);
        var one = await Assert.ThrowsAsync<WriteFailedException>(async () => await counts.InsertAsync("k", 1m));
        var two = await Assert.ThrowsAsync<WriteFailedException>(async () => await counts.InsertAsync([new("j", 1m), new("k", 1m)]));

        Assert.True(one.OutcomeKnown);
        Assert.Contains("adding 1 to the total of Value for 'k' would leave the range of its type (count_of_decimal_", one.Message, StringComparison.Ordinal);
        Assert.Contains("adding 2 numbers, each to the total of Value would leave", two.Message, StringComparison.Ordinal);

        Assert.Equal(decimal.MaxValue, (await counts.Minute.GetAsync("k")).Value);
    }

    [Fact]
    public async Task A_double_total_that_overflows()
    {
        await using var store = await OpenAsync<CountOfDouble>();
        var counts = CountOfDouble.In(store);

        Assert.Equal("Value", (await Assert.ThrowsAsync<RejectedPointException>(async () => await counts.InsertAsync([new("k", double.MaxValue), new("k", double.MaxValue)]))).Member);
        await counts.InsertAsync("k", double.MaxValue);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await counts.InsertAsync("k", double.MaxValue))).OutcomeKnown);

        Assert.Equal(double.MaxValue, (await counts.Minute.GetAsync("k")).Value);
    }

    // Npgsql finds this out, and not the server.
    [Fact]
    public async Task A_sum_of_decimals_that_no_decimal_holds()
    {
        await using var store = await OpenAsync<CountOfDecimal>();
        var counts = CountOfDecimal.In(store);
        await counts.InsertAsync([new("j", decimal.MaxValue), new("k", decimal.MaxValue)]);

        var error = await Assert.ThrowsAsync<OverflowException>(async () => await counts.Minute.For(["j", "k"]).Last(1).CollapseAsync());

        Assert.Contains("interval 'minute': a sum left the range of its type", error.Message, StringComparison.Ordinal);
    }

    // There is no point that could be numbered.
    [Fact]
    public async Task A_read_of_a_key_that_cannot_be_stored()
    {
        await using var store = await OpenAsync<Hit>();

        var error = await Assert.ThrowsAsync<RejectedPointException>(async () => await Hit.In(store).Day.GetAsync("a\0b"));

        Assert.StartsWith("Page: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("call", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A good point, then the bad one: nothing of the call is written, and the store works on.</summary>
    private async Task RefusesAsync<TPoint, TKey, TValue>(Func<TypedStore, KeyedSeries<TPoint, TKey, TValue>> open, string member, string named, TPoint good, TPoint bad)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
    {
        await using var store = await OpenAsync<TPoint>();
        var series = open(store);

        var error = await Assert.ThrowsAsync<RejectedPointException>(async () => await series.InsertAsync([good, bad, good]));
        var alone = await Assert.ThrowsAsync<RejectedPointException>(async () => await series.InsertAsync(bad));

        Assert.Equal((member, 1L), (error.Member, error.Index));
        Assert.Equal((member, 0L), (alone.Member, alone.Index));
        Assert.Contains(member, error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("Point 1 of the call", error.Message, StringComparison.Ordinal);
        Assert.Empty(await ListAsync(series.Keys()));
        Assert.Equal(0, await Database.RowsAsync("typed_writers"));
        await series.InsertAsync(good);
        Assert.Single(await ListAsync(series.Keys()));
    }
}

public sealed class RefusalTestsOnSqlite() : RefusalTests(DatabaseServer.Sqlite);

public sealed class RefusalTestsOnPostgres() : RefusalTests(DatabaseServer.Postgres);

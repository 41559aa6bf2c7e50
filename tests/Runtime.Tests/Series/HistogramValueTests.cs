using Typed.Generated;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Every value type as the value of a Histogram: it comes back as it was given, from end to end of its range, in its own order.</summary>
public abstract class HistogramValueTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly TimeSpan s_microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public Task Booleans() => KeepAsync(OfBoolean.In, h => h.Day, h => h.Week, v => new OfBoolean("k", v), false, true);

    [Fact]
    public Task Unsigned_bytes() => KeepAsync(OfByte.In, h => h.Day, h => h.Week, v => new OfByte("k", v), byte.MinValue, (byte)1, byte.MaxValue);

    [Fact]
    public Task Signed_bytes() => KeepAsync(OfSByte.In, h => h.Day, h => h.Week, v => new OfSByte("k", v), sbyte.MinValue, (sbyte)-1, (sbyte)0, sbyte.MaxValue);

    [Fact]
    public Task Shorts() => KeepAsync(OfInt16.In, h => h.Day, h => h.Week, v => new OfInt16("k", v), short.MinValue, (short)-1, (short)0, short.MaxValue);

    [Fact]
    public Task Unsigned_shorts() => KeepAsync(OfUInt16.In, h => h.Day, h => h.Week, v => new OfUInt16("k", v), ushort.MinValue, (ushort)1, ushort.MaxValue);

    [Fact]
    public Task Ints() => KeepAsync(OfInt32.In, h => h.Day, h => h.Week, v => new OfInt32("k", v), int.MinValue, -1, 0, int.MaxValue);

    [Fact]
    public Task Unsigned_ints() => KeepAsync(OfUInt32.In, h => h.Day, h => h.Week, v => new OfUInt32("k", v), uint.MinValue, 1u, uint.MaxValue);

    [Fact]
    public Task Longs() => KeepAsync(OfInt64.In, h => h.Day, h => h.Week, v => new OfInt64("k", v), long.MinValue, -1, 0, (1L << 53) + 1, long.MaxValue);

    [Fact]
    public Task Unsigned_longs() => KeepAsync(OfUInt64.In, h => h.Day, h => h.Week, v => new OfUInt64("k", v), ulong.MinValue, 1ul, (ulong)long.MaxValue);

    [Fact]
    public Task Floats() => KeepAsync(
        OfSingle.In, h => h.Day, h => h.Week, v => new OfSingle("k", v), float.MinValue, -0.1f, -float.Epsilon, 0f, float.Epsilon, 0.1f, 1f / 3, float.MaxValue);

    [Fact]
    public Task Doubles() => KeepAsync(
        OfDouble.In, h => h.Day, h => h.Week, v => new OfDouble("k", v), double.MinValue, -0.1, -double.Epsilon, 0.0, double.Epsilon, 0.1, 1.0 / 3, double.MaxValue);

    [Fact]
    public Task Decimals() => KeepAsync(
        OfDecimal.In, h => h.Day, h => h.Week, v => new OfDecimal("k", v),
        decimal.MinValue, -10m, -9.99m, -0.0000000000000000000000000001m, 0m, 0.0000000000000000000000000001m, 0.1m, 9.99m, 10m, 1234567890123456789.012345678m, decimal.MaxValue);

    // U+FFFD comes after the surrogates by code unit and before them by code point.
    [Fact]
    public Task Text() => KeepAsync(
        OfText.In, h => h.Day, h => h.Week, v => new OfText("k", v),
        "", "\u0001", " ", "%", "'", "A", "B", "_", "a", "a ", "ab", "b", "e\u0301", "\u00e9", "\uFFFD", "\U0001F600", "\U0010FFFF");

    [Fact]
    public Task Guids() => KeepAsync(
        OfGuid.In, h => h.Day, h => h.Week, v => new OfGuid("k", v),
        Guid.Empty, new("00000000-0000-0000-0000-000000000001"), new("00000000-0000-0000-ff00-000000000000"), new("00000000-0000-0100-0000-000000000000"),
        new("00000001-0000-0000-0000-000000000000"), new("7fffffff-0000-0000-0000-000000000000"), new("80000000-0000-0000-0000-000000000000"), Guid.AllBitsSet);

    [Fact]
    public Task Utc_times() => KeepAsync(
        OfDateTime.In, h => h.Day, h => h.Week, v => new OfDateTime("k", v),
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.UnixEpoch - s_microsecond, DateTime.UnixEpoch, DateTime.UnixEpoch + s_microsecond,
        new DateTime(DateTime.MaxValue.Ticks - 9, DateTimeKind.Utc));

    [Fact]
    public Task Times_with_offset() => KeepAsync(
        OfDateTimeOffset.In, h => h.Day, h => h.Week, v => new OfDateTimeOffset("k", v),
        DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch - s_microsecond, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch + s_microsecond, new DateTimeOffset(DateTime.MaxValue.Ticks - 9, TimeSpan.Zero));

    [Fact]
    public Task Dates() => KeepAsync(
        OfDateOnly.In, h => h.Day, h => h.Week, v => new OfDateOnly("k", v), DateOnly.MinValue, new(1969, 12, 31), new(2000, 1, 1), DateOnly.MaxValue);

    [Fact]
    public Task Times_of_day() => KeepAsync(
        OfTimeOnly.In, h => h.Day, h => h.Week, v => new OfTimeOnly("k", v),
        TimeOnly.MinValue, TimeOnly.MinValue.Add(s_microsecond), new(12, 0), new(12, 0, 0, 1), new(TimeOnly.MaxValue.Ticks - 9));

    [Fact]
    public Task Durations() => KeepAsync(
        OfTimeSpan.In, h => h.Day, h => h.Week, v => new OfTimeSpan("k", v),
        new(TimeSpan.MinValue.Ticks + 8), TimeSpan.FromDays(-1), -s_microsecond, TimeSpan.Zero, s_microsecond, TimeSpan.FromHours(23), TimeSpan.FromHours(25), new(TimeSpan.MaxValue.Ticks - 7));

    [Fact]
    public Task Bytes() => KeepAsync(
        OfBytes.In, h => h.Day, h => h.Week, v => new OfBytes("k", v), Array.Empty<byte>(), [0], [0, 0], [1], [127, 255], [128], [255], [255, 0]);

    [Fact]
    public Task Enums_of_bytes() => KeepAsync(OfByteEnum.In, h => h.Day, h => h.Week, v => new OfByteEnum("k", v), ByteEnum.Least, ByteEnum.One, (ByteEnum)7, ByteEnum.Most);

    [Fact]
    public Task Enums_of_signed_bytes() => KeepAsync(OfSByteEnum.In, h => h.Day, h => h.Week, v => new OfSByteEnum("k", v), SByteEnum.Least, SByteEnum.One, SByteEnum.Most);

    [Fact]
    public Task Enums_of_shorts() => KeepAsync(OfInt16Enum.In, h => h.Day, h => h.Week, v => new OfInt16Enum("k", v), Int16Enum.Least, Int16Enum.One, Int16Enum.Most);

    [Fact]
    public Task Enums_of_unsigned_shorts() => KeepAsync(OfUInt16Enum.In, h => h.Day, h => h.Week, v => new OfUInt16Enum("k", v), UInt16Enum.Least, UInt16Enum.One, UInt16Enum.Most);

    [Fact]
    public Task Enums_of_ints() => KeepAsync(OfInt32Enum.In, h => h.Day, h => h.Week, v => new OfInt32Enum("k", v), Int32Enum.Least, Int32Enum.One, Int32Enum.Most);

    [Fact]
    public Task Enums_of_unsigned_ints() => KeepAsync(OfUInt32Enum.In, h => h.Day, h => h.Week, v => new OfUInt32Enum("k", v), UInt32Enum.Least, UInt32Enum.One, UInt32Enum.Most);

    [Fact]
    public Task Enums_of_longs() => KeepAsync(OfInt64Enum.In, h => h.Day, h => h.Week, v => new OfInt64Enum("k", v), Int64Enum.Least, Int64Enum.One, Int64Enum.Most);

    [Fact]
    public Task Enums_of_unsigned_longs() => KeepAsync(OfUInt64Enum.In, h => h.Day, h => h.Week, v => new OfUInt64Enum("k", v), UInt64Enum.Least, UInt64Enum.One, UInt64Enum.Most);

    /// <summary>Inserts the values from last to first, the n-th n times, over two slots; reads them back from a coarse and a fine interval, whole, in slots, joined and collapsed.</summary>
    private async Task KeepAsync<THandle, TPoint, TKey, T, TStats>(
        Func<TypedStore, THandle> open,
        Func<THandle, KeyedInterval<TKey, Histogram<T>, TStats>> coarse,
        Func<THandle, KeyedInterval<TKey, Histogram<T>, TStats>> fine,
        Func<T, TPoint> point,
        params T[] ascending)
        where THandle : KeyedSeries<TPoint, TKey, T>
        where TPoint : ITimeSeries<TPoint, TKey, T>
        where TKey : struct, ISeriesKey<TKey>
    {
        await using var store = await OpenAsync<TPoint>();
        var series = open(store);
        var points = ascending.SelectMany((value, i) => Enumerable.Repeat(point(value), i + 1)).Reverse().ToArray();
        var once = ascending.Select(point).ToArray();

        await series.InsertAsync(points);
        Clock.Advance(TimeSpan.FromHours(1));
        await series.InsertAsync(once);

        var key = Assert.Single(await ListAsync(series.Keys()));
        foreach (var interval in new[] { coarse(series), fine(series) })
        {
            Check((await interval.GetAsync(key)).Value, i => i + 2);
            Check(await interval.For(key).Last(1).CollapseAsync(), i => i + 2);
            Check((await ListAsync(interval.For([key, key]).Last(1)))[0].Value, i => i + 2);
        }

        var bucket = Assert.Single(await ListAsync(fine(series).For(key).Last(1).WithSlots()));
        Assert.Equal(2, bucket.Slots.Count);
        Check(bucket.Slots[0].Value, i => i + 1);
        Check(bucket.Slots[1].Value, _ => 1);
        Check(bucket.Value, i => i + 2);

        void Check(Histogram<T> histogram, Func<int, long> count)
        {
            Assert.Equal(ascending, histogram.Values);
            Assert.Equal(ascending.Select((_, i) => count(i)), histogram.Counts);
            Assert.Equal(ascending.Select((_, i) => count(i)), ascending.Select(value => histogram[value]));
        }
    }
}

public sealed class HistogramValueTestsOnSqlite() : HistogramValueTests(DatabaseServer.Sqlite);

public sealed class HistogramValueTestsOnPostgres() : HistogramValueTests(DatabaseServer.Postgres);

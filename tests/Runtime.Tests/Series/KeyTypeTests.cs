using Typed.Generated;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Every key type: each key is a stat of its own, and comes back as it was given.</summary>
public abstract class KeyTypeTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly TimeSpan s_microsecond = TimeSpan.FromMicroseconds(1);

    [Fact]
    public Task Booleans() => KeepAsync(ByBoolean.In, h => h.Day, h => h.Week, v => new ByBoolean(v), v => v, k => k.Id, false, true);

    [Fact]
    public Task Unsigned_bytes() => KeepAsync(ByByte.In, h => h.Day, h => h.Week, v => new ByByte(v), v => v, k => k.Id, byte.MinValue, (byte)1, byte.MaxValue);

    [Fact]
    public Task Signed_bytes() => KeepAsync(BySByte.In, h => h.Day, h => h.Week, v => new BySByte(v), v => v, k => k.Id, sbyte.MinValue, (sbyte)0, sbyte.MaxValue);

    [Fact]
    public Task Shorts() => KeepAsync(ByInt16.In, h => h.Day, h => h.Week, v => new ByInt16(v), v => v, k => k.Id, short.MinValue, (short)0, short.MaxValue);

    [Fact]
    public Task Unsigned_shorts() => KeepAsync(ByUInt16.In, h => h.Day, h => h.Week, v => new ByUInt16(v), v => v, k => k.Id, ushort.MinValue, (ushort)1, ushort.MaxValue);

    [Fact]
    public Task Ints() => KeepAsync(ByInt32.In, h => h.Day, h => h.Week, v => new ByInt32(v), v => v, k => k.Id, int.MinValue, 0, int.MaxValue);

    [Fact]
    public Task Unsigned_ints() => KeepAsync(ByUInt32.In, h => h.Day, h => h.Week, v => new ByUInt32(v), v => v, k => k.Id, uint.MinValue, 1u, uint.MaxValue);

    [Fact]
    public Task Longs() => KeepAsync(ByInt64.In, h => h.Day, h => h.Week, v => new ByInt64(v), v => v, k => k.Id, long.MinValue, 0L, (1L << 53) + 1, long.MaxValue);

    [Fact]
    public Task Unsigned_longs() => KeepAsync(ByUInt64.In, h => h.Day, h => h.Week, v => new ByUInt64(v), v => v, k => k.Id, ulong.MinValue, 1ul, (ulong)long.MaxValue);

    [Fact]
    public Task Floats() => KeepAsync(BySingle.In, h => h.Day, h => h.Week, v => new BySingle(v), v => v, k => k.Id, float.MinValue, -0.1f, 0f, float.Epsilon, 0.1f, float.MaxValue);

    [Fact]
    public Task Doubles() => KeepAsync(ByDouble.In, h => h.Day, h => h.Week, v => new ByDouble(v), v => v, k => k.Id,
        [double.MinValue, -0.1, 0.0, double.Epsilon, .. Enumerable.Range(1, 300).Select(n => n / 7.0 * Math.Pow(10, (n % 40) - 20)).Distinct().Order(), double.MaxValue]);

    [Fact]
    public Task Decimals() => KeepAsync(
        ByDecimal.In, h => h.Day, h => h.Week, v => new ByDecimal(v), v => v, k => k.Id, decimal.MinValue, -1m, 0m, 0.0000000000000000000000000001m, 1m, 1.1m, 10m, decimal.MaxValue);

    [Fact]
    public Task Text() => KeepAsync(
        ByText.In, h => h.Day, h => h.Week, v => new ByText(v), v => v, k => k.Id, "", "%", "'; --", "A", "_", "a", "a ", "ab", "e\u0301", "\u00e9", "\uFFFD", "\U0001F600");

    [Fact]
    public Task Guids() => KeepAsync(
        ByGuid.In, h => h.Day, h => h.Week, v => new ByGuid(v), v => v, k => k.Id,
        Guid.Empty, new("00000000-0000-0000-0000-000000000001"), new("00000001-0000-0000-0000-000000000000"), new("80000000-0000-0000-0000-000000000000"), Guid.AllBitsSet);

    [Fact]
    public Task Utc_times() => KeepAsync(
        ByDateTime.In, h => h.Day, h => h.Week, v => new ByDateTime(v), v => v, k => k.Id,
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), DateTime.UnixEpoch - s_microsecond, DateTime.UnixEpoch, new DateTime(DateTime.MaxValue.Ticks - 9, DateTimeKind.Utc));

    [Fact]
    public Task Times_with_offset() => KeepAsync(
        ByDateTimeOffset.In, h => h.Day, h => h.Week, v => new ByDateTimeOffset(v), v => v, k => k.Id,
        DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch - s_microsecond, DateTimeOffset.UnixEpoch, new DateTimeOffset(DateTime.MaxValue.Ticks - 9, TimeSpan.Zero));

    [Fact]
    public Task Dates() => KeepAsync(ByDateOnly.In, h => h.Day, h => h.Week, v => new ByDateOnly(v), v => v, k => k.Id, DateOnly.MinValue, new(1969, 12, 31), new(2000, 1, 1), DateOnly.MaxValue);

    [Fact]
    public Task Times_of_day() => KeepAsync(
        ByTimeOnly.In, h => h.Day, h => h.Week, v => new ByTimeOnly(v), v => v, k => k.Id, TimeOnly.MinValue, new(12, 0), new(12, 0, 0, 1), new(TimeOnly.MaxValue.Ticks - 9));

    [Fact]
    public Task Durations() => KeepAsync(
        ByTimeSpan.In, h => h.Day, h => h.Week, v => new ByTimeSpan(v), v => v, k => k.Id,
        new(TimeSpan.MinValue.Ticks + 8), TimeSpan.FromDays(-1), TimeSpan.Zero, s_microsecond, TimeSpan.FromHours(23), TimeSpan.FromHours(25), new(TimeSpan.MaxValue.Ticks - 7));

    [Fact]
    public Task Bytes() => KeepAsync(ByBytes.In, h => h.Day, h => h.Week, v => new ByBytes(v), v => v, k => k.Id, Array.Empty<byte>(), [0], [0, 0], [1], [128], [255, 0]);

    [Fact]
    public Task Enums_of_bytes() => KeepAsync(ByByteEnum.In, h => h.Day, h => h.Week, v => new ByByteEnum(v), v => v, k => k.Id, ByteEnum.Least, (ByteEnum)7, ByteEnum.Most);

    [Fact]
    public Task Enums_of_signed_bytes() => KeepAsync(BySByteEnum.In, h => h.Day, h => h.Week, v => new BySByteEnum(v), v => v, k => k.Id, SByteEnum.Least, SByteEnum.One, SByteEnum.Most);

    [Fact]
    public Task Enums_of_shorts() => KeepAsync(ByInt16Enum.In, h => h.Day, h => h.Week, v => new ByInt16Enum(v), v => v, k => k.Id, Int16Enum.Least, Int16Enum.One, Int16Enum.Most);

    [Fact]
    public Task Enums_of_unsigned_shorts() => KeepAsync(ByUInt16Enum.In, h => h.Day, h => h.Week, v => new ByUInt16Enum(v), v => v, k => k.Id, UInt16Enum.Least, UInt16Enum.One, UInt16Enum.Most);

    [Fact]
    public Task Enums_of_ints() => KeepAsync(ByInt32Enum.In, h => h.Day, h => h.Week, v => new ByInt32Enum(v), v => v, k => k.Id, Int32Enum.Least, Int32Enum.One, Int32Enum.Most);

    [Fact]
    public Task Enums_of_unsigned_ints() => KeepAsync(ByUInt32Enum.In, h => h.Day, h => h.Week, v => new ByUInt32Enum(v), v => v, k => k.Id, UInt32Enum.Least, UInt32Enum.One, UInt32Enum.Most);

    [Fact]
    public Task Enums_of_longs() => KeepAsync(ByInt64Enum.In, h => h.Day, h => h.Week, v => new ByInt64Enum(v), v => v, k => k.Id, Int64Enum.Least, Int64Enum.One, Int64Enum.Most);

    [Fact]
    public Task Enums_of_unsigned_longs() => KeepAsync(ByUInt64Enum.In, h => h.Day, h => h.Week, v => new ByUInt64Enum(v), v => v, k => k.Id, UInt64Enum.Least, UInt64Enum.One, UInt64Enum.Most);

    /// <summary>Counts the n-th key n times; reads each, all joined, the list of keys; deletes one.</summary>
    private async Task KeepAsync<THandle, TPoint, TKey, T>(
        Func<TypedStore, THandle> open,
        Func<THandle, KeyedInterval<TKey, long, TotalStatistics<long>>> coarse,
        Func<THandle, KeyedInterval<TKey, long, TotalStatistics<long>>> fine,
        Func<T, TPoint> point,
        Func<T, TKey> key,
        Func<TKey, T> member,
        params T[] ascending)
        where THandle : KeyedSeries<TPoint, TKey, long>
        where TPoint : ITimeSeries<TPoint, TKey, long>
        where TKey : struct, ISeriesKey<TKey>
    {
        await using var store = await OpenAsync<TPoint>();
        var series = open(store);
        await series.InsertAsync(ascending.SelectMany((value, i) => Enumerable.Repeat(point(value), i + 1)).Reverse());

        var keys = await ListAsync(series.Keys());
        Assert.Equal(ascending, keys.Order().Select(member));
        foreach (var interval in new[] { coarse(series), fine(series) })
        {
            for (var i = 0; i < ascending.Length; i++)
            {
                Assert.Equal(i + 1, (await interval.GetAsync(key(ascending[i]))).Value);
            }

            Assert.Equal(ascending.Select((_, i) => i + 1).Sum(), await interval.For(ascending.Concat(ascending).Select(key)).Last(1).CollapseAsync());
        }

        await series.DeleteAsync(key(ascending[0]));
        Assert.Equal(ascending[1..], (await ListAsync(series.Keys())).Order().Select(member));
        Assert.Empty(await series.PropertiesAsync(key(ascending[0])));
        Assert.Equal(["day", "week"], (await series.PropertiesAsync(key(ascending[1]))).Keys.Order(StringComparer.Ordinal));
    }
}

public sealed class KeyTypeTestsOnSqlite() : KeyTypeTests(DatabaseServer.Sqlite);

public sealed class KeyTypeTestsOnPostgres() : KeyTypeTests(DatabaseServer.Postgres);

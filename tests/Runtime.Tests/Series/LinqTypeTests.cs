using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Typed.Generated;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Every type that a member may have means the same in LINQ: equality, order, membership, comparison, extremes. No rule has to warn of any.</summary>
public abstract class LinqTypeTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly List<string> _failures = [];

    [Fact]
    public async Task Every_type_is_filtered_ordered_compared()
    {
        await using var store = await OpenAsync(o => o
            .Only<ByBoolean>().Only<ByByte>().Only<BySByte>().Only<ByInt16>().Only<ByUInt16>().Only<ByInt32>().Only<ByUInt32>().Only<ByInt64>().Only<ByUInt64>()
            .Only<BySingle>().Only<ByDouble>().Only<ByDecimal>().Only<ByText>().Only<ByGuid>().Only<ByDateTime>().Only<ByDateTimeOffset>().Only<ByDateOnly>()
            .Only<ByTimeOnly>().Only<ByTimeSpan>().Only<ByBytes>().Only<ByByteEnum>().Only<ByInt64Enum>().Only<ByUInt64Enum>());
        await using var db = store.CreateDbContext();

        await TryAsync(ByBoolean.In(store), ByBoolean.In(db).Day.AsQueryable(), v => new ByBoolean(v), r => r.Id, false, true);
        await TryAsync(ByByte.In(store), ByByte.In(db).Day.AsQueryable(), v => new ByByte(v), r => r.Id, byte.MinValue, (byte)9, byte.MaxValue);
        await TryAsync(BySByte.In(store), BySByte.In(db).Day.AsQueryable(), v => new BySByte(v), r => r.Id, sbyte.MinValue, (sbyte)0, sbyte.MaxValue);
        await TryAsync(ByInt16.In(store), ByInt16.In(db).Day.AsQueryable(), v => new ByInt16(v), r => r.Id, short.MinValue, (short)0, short.MaxValue);
        await TryAsync(ByUInt16.In(store), ByUInt16.In(db).Day.AsQueryable(), v => new ByUInt16(v), r => r.Id, ushort.MinValue, (ushort)9, ushort.MaxValue);
        await TryAsync(ByInt32.In(store), ByInt32.In(db).Day.AsQueryable(), v => new ByInt32(v), r => r.Id, int.MinValue, 0, int.MaxValue);
        await TryAsync(ByUInt32.In(store), ByUInt32.In(db).Day.AsQueryable(), v => new ByUInt32(v), r => r.Id, uint.MinValue, 9u, uint.MaxValue);
        await TryAsync(ByInt64.In(store), ByInt64.In(db).Day.AsQueryable(), v => new ByInt64(v), r => r.Id, long.MinValue, 0L, long.MaxValue);
        await TryAsync(ByUInt64.In(store), ByUInt64.In(db).Day.AsQueryable(), v => new ByUInt64(v), r => r.Id, ulong.MinValue, 9ul, (ulong)long.MaxValue);
        await TryAsync(BySingle.In(store), BySingle.In(db).Day.AsQueryable(), v => new BySingle(v), r => r.Id, -1.5f, 0f, 10f);
        await TryAsync(ByDouble.In(store), ByDouble.In(db).Day.AsQueryable(), v => new ByDouble(v), r => r.Id, -1.5, 0.0, 10.0);
        await TryAsync(ByDecimal.In(store), ByDecimal.In(db).Day.AsQueryable(), v => new ByDecimal(v), r => r.Id, -10m, -1.5m, 9m, 10.25m);
        await TryAsync(ByText.In(store), ByText.In(db).Day.AsQueryable(), v => new ByText(v), r => r.Id, "", "B", "a", "ä");
        await TryAsync(ByGuid.In(store), ByGuid.In(db).Day.AsQueryable(), v => new ByGuid(v), r => r.Id, Guid.Empty, new("00000001-0000-0000-0000-000000000000"), Guid.AllBitsSet);
        await TryAsync(ByDateTime.In(store), ByDateTime.In(db).Day.AsQueryable(), v => new ByDateTime(v.UtcDateTime), r => r.Id, DateTimeOffset.UnixEpoch.AddDays(-1), Noon);
        await TryAsync(ByDateTimeOffset.In(store), ByDateTimeOffset.In(db).Day.AsQueryable(), v => new ByDateTimeOffset(v), r => r.Id, DateTimeOffset.UnixEpoch.AddDays(-1), Noon);
        await TryAsync(ByDateOnly.In(store), ByDateOnly.In(db).Day.AsQueryable(), v => new ByDateOnly(v), r => r.Id, new DateOnly(999, 1, 1), new DateOnly(2026, 3, 21));
        await TryAsync(ByTimeOnly.In(store), ByTimeOnly.In(db).Day.AsQueryable(), v => new ByTimeOnly(v), r => r.Id, TimeOnly.MinValue, new TimeOnly(12, 0), new TimeOnly(12, 0, 0, 1));
        await TryAsync(ByTimeSpan.In(store), ByTimeSpan.In(db).Day.AsQueryable(), v => new ByTimeSpan(v), r => r.Id, TimeSpan.FromDays(-1), TimeSpan.Zero, TimeSpan.FromHours(25));
        await TryAsync(ByBytes.In(store), ByBytes.In(db).Day.AsQueryable(), v => new ByBytes(v), r => r.Id, [], [0], [0, 0], [200]);
        await TryAsync(ByByteEnum.In(store), ByByteEnum.In(db).Day.AsQueryable(), v => new ByByteEnum(v), r => r.Id, ByteEnum.Least, (ByteEnum)7, ByteEnum.Most);
        await TryAsync(ByInt64Enum.In(store), ByInt64Enum.In(db).Day.AsQueryable(), v => new ByInt64Enum(v), r => r.Id, Int64Enum.Least, Int64Enum.One, Int64Enum.Most);
        await TryAsync(ByUInt64Enum.In(store), ByUInt64Enum.In(db).Day.AsQueryable(), v => new ByUInt64Enum(v), r => r.Id, UInt64Enum.Least, UInt64Enum.One, UInt64Enum.Most);

        Assert.Empty(_failures);
    }

    private async Task TryAsync<TPoint, TKey, TRow, T>(
        KeyedSeries<TPoint, TKey, long> series, IQueryable<TRow> rows, Func<T, TPoint> point, Expression<Func<TRow, T>> member, params T[] ascending)
        where TPoint : ITimeSeries<TPoint, TKey, long>
        where TKey : struct, ISeriesKey<TKey>
    {
        await series.InsertAsync(ascending.Reverse().Select(point));
        foreach (var value in ascending)
        {
            var rank = Array.IndexOf(ascending, value);
            await ExpectAsync("==", rows.Where(Compare(Expression.Equal, member, value)!).CountAsync(), 1);
            await ExpectAsync("!=", rows.Where(Compare(Expression.NotEqual, member, value)!).CountAsync(), ascending.Length - 1);
            if (Compare(Expression.GreaterThan, member, value) is { } greater && Compare(Expression.LessThanOrEqual, member, value) is { } less)
            {
                await ExpectAsync(">", rows.Where(greater).CountAsync(), ascending.Length - 1 - rank);
                await ExpectAsync("<=", rows.Where(less).CountAsync(), rank + 1);
            }
        }

        var few = ascending.Skip(1).ToArray();
        var contained = Expression.Lambda<Func<TRow, bool>>(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(T)], Captured<IEnumerable<T>>(few), member.Body), member.Parameters);
        await ExpectAsync("Contains", rows.Where(contained).CountAsync(), few.Length);
        await ExpectAsync("OrderBy", rows.OrderBy(member).Select(member).ToListAsync(), [.. ascending]);
        await ExpectAsync("OrderByDescending", rows.OrderByDescending(member).Select(member).FirstAsync(), ascending[^1]);
        await ExpectAsync("Distinct", rows.Select(member).Distinct().CountAsync(), ascending.Length);
        await ExpectAsync("GroupBy", rows.GroupBy(member).Select(group => group.Count()).ToListAsync(), [.. Enumerable.Repeat(1, ascending.Length)]);
        if (typeof(T) != typeof(Guid) && Compare(Expression.GreaterThan, member, ascending[0]) is not null)
        {
            // Only numbers and times have extremes, here as in Stats(): PostgreSQL has no max(uuid).
            await ExpectAsync("Max", rows.MaxAsync(member), ascending[^1]);
            await ExpectAsync("Min", rows.MinAsync(member), ascending[0]);
        }

        async Task ExpectAsync<TResult>(string what, Task<TResult> query, TResult expected)
        {
            try
            {
                Assert.Equal(expected, await query);
            }
            catch (Exception e) when (e is Xunit.Sdk.XunitException or InvalidOperationException or NotSupportedException or DbException)
            {
                _failures.Add($"{what} of {typeof(TPoint).Name}: {e.Message.ReplaceLineEndings(" ")}");
            }
        }
    }

    /// <summary>The comparison as the compiler writes it; null where C# has no such operator for the type.</summary>
    private static Expression<Func<TRow, bool>>? Compare<TRow, T>(Func<Expression, Expression, Expression> operation, Expression<Func<TRow, T>> member, T value)
    {
        var (left, right) = (member.Body, Captured(value));
        if (typeof(T).IsEnum || typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(ushort))
        {
            var wide = typeof(T).IsEnum ? typeof(T).GetEnumUnderlyingType() : typeof(int);
            wide = wide == typeof(byte) ? typeof(int) : wide;
            (left, right) = (Expression.Convert(left, wide), Expression.Convert(right, wide));
        }

        try
        {
            return Expression.Lambda<Func<TRow, bool>>(operation(left, right), member.Parameters);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A local that a lambda captured, so that it becomes a parameter of the statement.</summary>
    private static Expression Captured<T>(T value) => ((Expression<Func<T>>)(() => value)).Body;
}

public sealed class LinqTypeTestsOnSqlite() : LinqTypeTests(DatabaseServer.Sqlite);

public sealed class LinqTypeTestsOnPostgres() : LinqTypeTests(DatabaseServer.Postgres);

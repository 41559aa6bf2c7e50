using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

[JsonConverter(typeof(JsonStringEnumConverter<Named>))]
public enum Named { First, Second, Third }

[EventStream]
public partial record Instants(int Number, DateTimeOffset Value, DateTimeOffset? Optional, List<DateTimeOffset> List);

[EventStream]
public partial record Clocks(int Number, DateTime Value, DateTime? Optional, List<DateTime> List);

[EventStream]
public partial record Prices(int Number, decimal Value, decimal? Optional, List<decimal> List);

[EventStream]
public partial record Durations(int Number, TimeSpan Value, TimeSpan? Optional, List<TimeSpan> List);

[EventStream]
public partial record Times(int Number, TimeOnly Value, TimeOnly? Optional, List<TimeOnly> List);

[EventStream]
public partial record Days(int Number, DateOnly Value, DateOnly? Optional, List<DateOnly> List);

[EventStream]
public partial record Guids(int Number, Guid Value, Guid? Optional, List<Guid> List);

[EventStream]
public partial record Kinds(int Number, PageKind Value, PageKind? Optional, List<PageKind> List);

[EventStream]
public partial record NamedKinds(int Number, Named Value, Named? Optional, List<Named> List);

[EventStream]
public partial record Longs(int Number, long Value, long? Optional, List<long> List);

[EventStream]
public partial record Unsigned(int Number, ulong Value, ulong? Optional, List<ulong> List);

[EventStream]
public partial record Doubles(int Number, double Value, double? Optional, List<double> List);

[EventStream]
public partial record Floats(int Number, float Value, float? Optional, List<float> List);

[EventStream]
public partial record Flags(int Number, bool Value, bool? Optional, List<bool> List);

[EventStream]
public partial record Shorts(int Number, short Value, short? Optional, List<short> List);

[EventStream]
public partial record Octets(int Number, byte Value, byte? Optional, List<byte> List);

/// <summary>What a query finds by a value in a body is what LINQ finds in memory, for every type, on both databases.</summary>
public abstract class EventValueTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public Task Instants_of_any_offset() => SameAsInMemoryAsync<Instants, DateTimeOffset>(
        (n, value, optional, list) => new Instants(n, value, optional, list),
        [At("2026-03-21T12:00:00Z"), At("2026-03-21T12:00:00.5Z"), At("2026-03-21T13:30:00+02:00"), At("2026-03-21T14:00:00+02:00"), At("2026-03-21T12:00:00.000001Z"), At("1969-12-31T23:59:59.999Z"), At("2026-03-21T12:00:00.1234567Z"), At("2026-03-21T12:00:00.7654321Z"), At("2026-03-21T12:00:00.8234565Z"), At("2026-03-21T12:00:00.7000005Z"), At("2026-03-21T12:00:00.9999999Z")]);

    [Fact]
    public Task Date_times_in_utc() => SameAsInMemoryAsync<Clocks, DateTime>(
        (n, value, optional, list) => new Clocks(n, value, optional, list),
        [Utc("2026-03-21T12:00:00"), Utc("2026-03-21T12:00:00.5"), Utc("2026-03-21T12:00:00.55"), Utc("2026-03-21T11:59:59.999999"), Utc("1969-12-31T23:00:00"), Utc("2026-03-21T12:00:00.1234567"), Utc("2026-03-21T12:00:00.7000015")]);

    [Fact]
    public Task Decimals() => SameAsInMemoryAsync<Prices, decimal>(
        (n, value, optional, list) => new Prices(n, value, optional, list),
        [0m, 1m, 1.50m, 19.99m, 10m, 9m, -3.5m, 0.1m, 123456789.123456m]);

    [Fact]
    public async Task Decimals_of_all_digits()
    {
        await using var store = await OpenAsync<Prices>();
        decimal[] values = [decimal.MaxValue, decimal.MaxValue - 1, 0.1234567890123456789012345678m, 0.1234567890123456789012345679m, 12345678901234567890.12m];
        await Prices.In(store).PutAsync(values.Select((value, n) => new Prices(n, value, null, [])).ToArray());
        await using var db = store.CreateDbContext();

        foreach (var value in values)
        {
            Assert.Equal([value], await Prices.In(db).AsQueryable().Where(e => e.Body.Value == value).Select(e => e.Body.Value).ToListAsync());
        }

        Assert.Equal(values.Order(), await Prices.In(db).AsQueryable().OrderBy(e => e.Body.Value).Select(e => e.Body.Value).ToListAsync());
        Assert.Equal(0.2469135780246913578024691357m, await Prices.In(db).AsQueryable().Where(e => e.Body.Value < 1).SumAsync(e => e.Body.Value));
    }

    [Fact]
    public Task Time_spans() => SameAsInMemoryAsync<Durations, TimeSpan>(
        (n, value, optional, list) => new Durations(n, value, optional, list),
        [TimeSpan.Zero, TimeSpan.FromHours(2), TimeSpan.FromHours(30), TimeSpan.FromDays(10), TimeSpan.FromDays(9), TimeSpan.FromHours(-30), TimeSpan.FromMilliseconds(-1), TimeSpan.FromMicroseconds(1), new(1000, 23, 59, 59, 999), new(1_234_567), new(-1_234_565), new(9_999_999), new(7_654_321), new(-7_654_321)]);

    [Fact]
    public Task Times_of_day() => SameAsInMemoryAsync<Times, TimeOnly>(
        (n, value, optional, list) => new Times(n, value, optional, list),
        [new(0, 0), new(12, 0), new(12, 0, 0, 500), new(12, 0, 0, 0, 1), new(23, 59, 59), new(1_234_567), new(1_234_565 + TimeSpan.TicksPerHour)]);

    [Fact]
    public Task Days_of_the_calendar() => SameAsInMemoryAsync<Days, DateOnly>(
        (n, value, optional, list) => new Days(n, value, optional, list),
        [new(2026, 3, 21), new(2026, 3, 3), new(1, 1, 2), new(9999, 12, 30)]);

    [Fact]
    public Task Guids_by_value() => SameAsInMemoryAsync<Guids, Guid>(
        (n, value, optional, list) => new Guids(n, value, optional, list),
        [Guid.Empty, Guid.Parse("8f14e45f-ceea-467f-a0e6-000000000001"), Guid.Parse("8F14E45F-CEEA-467F-A0E6-0000000000FF")], isOrdered: false);

    [Fact]
    public Task Enums_as_numbers() => SameAsInMemoryAsync<Kinds, PageKind>(
        (n, value, optional, list) => new Kinds(n, value, optional, list),
        [PageKind.Small, PageKind.Big, (PageKind)7]);

    [Fact]
    public Task Enums_as_texts() => SameAsInMemoryAsync<NamedKinds, Named>(
        (n, value, optional, list) => new NamedKinds(n, value, optional, list),
        [Named.Second, Named.First, Named.Third]);

    [Fact]
    public Task Long_numbers() => SameAsInMemoryAsync<Longs, long>(
        (n, value, optional, list) => new Longs(n, value, optional, list),
        [long.MinValue, long.MaxValue, long.MaxValue - 1, 0, 1, 10, 9]);

    [Fact]
    public Task Unsigned_numbers() => SameAsInMemoryAsync<Unsigned, ulong>(
        (n, value, optional, list) => new Unsigned(n, value, optional, list),
        [0, 1, long.MaxValue, 10, 9], isOrdered: Server == DatabaseServer.Postgres); // EF Core does not order ulong on SQLite, and says so.

    [Fact]
    public Task Doubles_by_value() => SameAsInMemoryAsync<Doubles, double>(
        (n, value, optional, list) => new Doubles(n, value, optional, list), [0, 0.1, 0.3, -1e20, 1e-20, 10, 9, 123456.789012345]);

    [Fact]
    public async Task Doubles_of_all_digits()
    {
        await using var store = await OpenAsync<Doubles>();
        double[] values = [0.30000000000000004, 1e-300, -1e300, double.MaxValue, double.Epsilon];
        await Doubles.In(store).PutAsync(values.Select((value, n) => new Doubles(n, value, null, [])).ToArray());
        await using var db = store.CreateDbContext();

        foreach (var value in values)
        {
            Assert.Equal([value], await Doubles.In(db).AsQueryable().Where(e => e.Body.Value == value).Select(e => e.Body.Value).ToListAsync());
        }

        Assert.Equal(values.Order(), await Doubles.In(db).AsQueryable().OrderBy(e => e.Body.Value).Select(e => e.Body.Value).ToListAsync());
    }

    [Fact]
    public Task Floats_by_value() => SameAsInMemoryAsync<Floats, float>(
        (n, value, optional, list) => new Floats(n, value, optional, list),
        [0, 0.1f, 0.3f, -1e30f, 10, 9]);

    [Fact]
    public Task Flags_by_value() => SameAsInMemoryAsync<Flags, bool>(
        (n, value, optional, list) => new Flags(n, value, optional, list),
        [true, false], isOrdered: false);

    [Fact]
    public Task Short_numbers() => SameAsInMemoryAsync<Shorts, short>(
        (n, value, optional, list) => new Shorts(n, value, optional, list),
        [short.MinValue, short.MaxValue, 0, 10, 9]);

    [Fact]
    public Task Byte_numbers() => SameAsInMemoryAsync<Octets, byte>(
        (n, value, optional, list) => new Octets(n, value, optional, list),
        [0, 255, 10, 9]);

    [Fact]
    public async Task The_ends_of_time()
    {
        await using var store = await OpenAsync(o => o.Only<Instants>().Only<Times>().Only<Durations>());
        await Instants.In(store).PutAsync(new Instants(1, Noon, null, []));
        await Times.In(store).PutAsync(new Times(1, new(12, 0), null, []));
        await Durations.In(store).PutAsync(new Durations(1, TimeSpan.FromDays(1), null, []));
        await using var db = store.CreateDbContext();
        var (first, last, latest, shortest, longest) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue, TimeOnly.MaxValue, TimeSpan.MinValue, TimeSpan.MaxValue);

        Assert.Equal(1, await Instants.In(db).AsQueryable().CountAsync(e => e.Body.Value > first && e.Body.Value < last));
        Assert.Equal(1, await Times.In(db).AsQueryable().CountAsync(e => e.Body.Value < latest));
        Assert.Equal(1, await Durations.In(db).AsQueryable().CountAsync(e => e.Body.Value > shortest && e.Body.Value < longest));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) => DateTime.Parse(text + "Z", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static DateTime Unzoned(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private async Task SameAsInMemoryAsync<TBody, T>(
        Func<int, T, T?, List<T>, TBody> make, T[] values, bool isOrdered = true)
        where TBody : class, IEventBody<TBody>
        where T : struct
    {
        var e = Expression.Parameter(typeof(Event<TBody>), "e");
        var body = Expression.Property(e, "Body");
        var value = Expression.Lambda<Func<Event<TBody>, T>>(Expression.Property(body, "Value"), e);
        var optional = Expression.Lambda<Func<Event<TBody>, T?>>(Expression.Property(body, "Optional"), e);
        var list = Expression.Lambda<Func<Event<TBody>, List<T>>>(Expression.Property(body, "List"), e);

        await using var store = await OpenAsync<TBody>();
        var stream = EventStreams.In<TBody>(store, "default");
        await stream.PutAsync(values.Select((v, n) => make(n, v, n % 2 == 0 ? v : null, [.. values.Skip(n)])).ToArray());
        await using var db = store.CreateDbContext();
        var stored = EventStreams.In<TBody>(db, "default").AsQueryable();
        var inMemory = (await ListAsync(stream)).AsQueryable();
        List<string> wrong = [];

        foreach (var v in values)
        {
            Box<T> box = new() { Value = v, Optional = v, Values = [v, values[0]] };
            foreach (var isConstant in (bool[])[false, true])
            {
                var operand = isConstant ? (Expression)Expression.Constant(v) : Expression.Field(Expression.Constant(box), nameof(box.Value));
                var operandOrNull = isConstant ? (Expression)Expression.Constant(v, typeof(T?)) : Expression.Field(Expression.Constant(box), nameof(box.Optional));
                var listed = isConstant ? (Expression)Expression.Constant(box.Values) : Expression.Field(Expression.Constant(box), nameof(box.Values));
                var kinds = isOrdered
                    ? (ExpressionType[])[ExpressionType.Equal, ExpressionType.NotEqual, ExpressionType.LessThan, ExpressionType.LessThanOrEqual, ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual]
                    : [ExpressionType.Equal, ExpressionType.NotEqual];
                foreach (var kind in kinds)
                {
                    await WhereAsync(Expression.MakeBinary(kind, Comparable(value.Body), Comparable(operand)));
                    await WhereAsync(Expression.MakeBinary(kind, Comparable(optional.Body), Comparable(operandOrNull)));
                }

                await WhereAsync(Expression.Call(list.Body, nameof(List<>.Contains), null, operand));
                await WhereAsync(Expression.Equal(Expression.Call(list.Body, "get_Item", null, Expression.Constant(0)), operand));
                await WhereAsync(Expression.Call(listed, nameof(List<>.Contains), null, value.Body));
            }
        }

        await SameAsync("Select", stored.OrderBy(x => x.Id).Select(value).ToListAsync(), inMemory.Select(value));
        await SameAsync("Select of optional", stored.OrderBy(x => x.Id).Select(optional).ToListAsync(), inMemory.Select(optional));
        await SameAsync("Select of lists", FlattenAsync(stored.OrderBy(x => x.Id).Select(list)), inMemory.Select(list).AsEnumerable().SelectMany(l => l));
        if (Server == DatabaseServer.Postgres) // SQLite has no lateral joins.
        {
            await SameAsync("SelectMany", SortAsync(stored.SelectMany(Expression.Lambda<Func<Event<TBody>, IEnumerable<T>>>(list.Body, e))), inMemory.Select(list).AsEnumerable().SelectMany(l => l).Order());
        }

        await SameAsync("whole bodies", MapAsync(stored.OrderBy(x => x.Id), value.Compile()), inMemory.Select(value));
        await SameAsync("Distinct", SortAsync(stored.Select(value).Distinct()), inMemory.Select(value).Distinct().Order());
        await SameAsync("GroupBy", SortAsync(stored.GroupBy(value).Select(g => g.Count())), inMemory.GroupBy(value).Select(g => g.Count()).Order());
        if (isOrdered)
        {
            await SameAsync("OrderBy", stored.OrderBy(value).Select(value).ToListAsync(), inMemory.OrderBy(value).Select(value));
            await SameAsync("Max", OneAsync(() => stored.MaxAsync(value)), [inMemory.Max(value)]);
            await SameAsync("Min", OneAsync(() => stored.MinAsync(value)), [inMemory.Min(value)]);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task WhereAsync(Expression where)
        {
            var lambda = Expression.Lambda<Func<Event<TBody>, bool>>(where, e);
            await SameAsync(where.ToString(), stored.Where(lambda).OrderBy(x => x.Id).Select(x => x.Id).ToListAsync(), inMemory.Where(lambda).Select(x => x.Id));
        }

        async Task SameAsync<TResult>(string text, Task<List<TResult>> actual, IEnumerable<TResult> expected)
        {
            try
            {
                var result = await actual;
                if (!result.SequenceEqual(expected, Comparer<TResult>()))
                {
                    wrong.Add($"{text}: {string.Join(", ", result)} instead of {string.Join(", ", expected)}");
                }
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                wrong.Add($"{text}: {error.GetType().Name}: {error.Message.Split('\n')[0]}");
            }
        }

        static async Task<List<TResult>> OneAsync<TResult>(Func<Task<TResult>> result) => [await result()];
        static async Task<List<TResult>> SortAsync<TResult>(IQueryable<TResult> results) => [.. (await results.ToListAsync()).Order()];
        static async Task<List<T>> FlattenAsync(IQueryable<List<T>> results) => [.. (await results.ToListAsync()).SelectMany(l => l)];
        static async Task<List<T>> MapAsync(IQueryable<Event<TBody>> results, Func<Event<TBody>, T> map) => [.. (await results.ToListAsync()).Select(map)];
    }

    // C# compares enums by their numbers.
    private static Expression Comparable(Expression operand) => operand.Type.IsEnum ? Expression.Convert(operand, typeof(int))
        : Nullable.GetUnderlyingType(operand.Type) is { IsEnum: true } ? Expression.Convert(operand, typeof(int?))
        : operand;

    // PostgreSQL gives times in microseconds.
    private IEqualityComparer<T> Comparer<T>() => Server == DatabaseServer.Postgres
        ? EqualityComparer<T>.Create((a, b) => Ticks(a) is { } ticks ? Math.Abs(ticks - Ticks(b)!.Value) < TimeSpan.TicksPerMicrosecond : EqualityComparer<T>.Default.Equals(a, b))
        : EqualityComparer<T>.Default;

    private static long? Ticks<T>(T value) => value switch
    {
        DateTimeOffset instant => instant.UtcTicks,
        DateTime time => time.Ticks,
        TimeOnly time => time.Ticks,
        TimeSpan duration => duration.Ticks,
        _ => null,
    };

    private sealed class Box<T>
        where T : struct
    {
        public T Value;
        public T? Optional;
        public List<T> Values = [];
    }
}

public sealed class EventValueTestsOnSqlite() : EventValueTests(DatabaseServer.Sqlite);

public sealed class EventValueTestsOnPostgres() : EventValueTests(DatabaseServer.Postgres);

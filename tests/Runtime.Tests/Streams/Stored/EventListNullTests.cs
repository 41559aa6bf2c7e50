using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>A list of every type whose elements may be null.</summary>
[EventStream]
public partial class Gapped
{
    public int N { get; set; }

    public List<string?> Texts { get; set; } = [];

    public List<bool?> Flags { get; set; } = [];

    public List<byte?> Octets { get; set; } = [];

    public List<int?> Wholes { get; set; } = [];

    public List<long?> Longs { get; set; } = [];

    public List<double?> Doubles { get; set; } = [];

    public List<decimal?> Prices { get; set; } = [];

    public List<PageKind?> Kinds { get; set; } = [];

    public List<Guid?> Ids { get; set; } = [];

    public List<DateTime?> Mades { get; set; } = [];

    public List<DateTimeOffset?> Ats { get; set; } = [];

    public List<DateOnly?> Days { get; set; } = [];

    public List<TimeOnly?> Clocks { get; set; } = [];

    public List<TimeSpan?> Tooks { get; set; } = [];
}

/// <summary>Lists with nulls in them: what a query finds is what LINQ finds in memory, for every type, on both databases.</summary>
public abstract class EventListNullTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly List<string> _wrong = [];

    private IQueryable<Event<Gapped>> _stored = null!;
    private IQueryable<Event<Gapped>> _memory = null!;

    [Fact]
    public async Task Every_type_of_element()
    {
        await using var store = await OpenAsync<Gapped>();
        await Gapped.In(store).PutAsync(new[] { "", "v", "n", "vn", "nv", "vv", "wv" }.Select((marks, n) => Make(n, marks)).ToArray());
        await using var db = store.CreateDbContext();
        (_stored, _memory) = (Gapped.In(db).AsQueryable(), (await ListAsync(Gapped.In(store))).AsQueryable());
        foreach (var list in typeof(Gapped).GetProperties().Where(property => property.PropertyType.IsGenericType))
        {
            var element = list.PropertyType.GenericTypeArguments[0];
            typeof(EventListNullTests).GetMethod(nameof(Compare), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(element).Invoke(this, [list, Value(element, 'v')]);
        }

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    private static Gapped Make(int n, string marks)
    {
        var made = new Gapped { N = n };
        foreach (var list in typeof(Gapped).GetProperties().Where(property => property.PropertyType.IsGenericType))
        {
            foreach (var mark in marks)
            {
                ((IList)list.GetValue(made)!).Add(Value(list.PropertyType.GenericTypeArguments[0], mark));
            }
        }

        return made;
    }

    private static object? Value(Type element, char mark)
    {
        var isFirst = mark == 'v';
        return mark == 'n' ? null : (Nullable.GetUnderlyingType(element) ?? element) switch
        {
            var type when type == typeof(string) => isFirst ? "a" : "b",
            var type when type == typeof(bool) => isFirst,
            var type when type == typeof(byte) => isFirst ? (byte)1 : (byte)2,
            var type when type == typeof(int) => isFirst ? 1 : 2,
            var type when type == typeof(long) => isFirst ? 5_000_000_000 : -1,
            var type when type == typeof(double) => isFirst ? 0.1 : 1e20,
            var type when type == typeof(decimal) => isFirst ? 1.5m : 2m,
            var type when type == typeof(PageKind) => isFirst ? PageKind.Big : PageKind.Small,
            var type when type == typeof(Guid) => isFirst ? Guid.AllBitsSet : Guid.Empty,
            var type when type == typeof(DateTime) => (isFirst ? Noon : Noon.AddHours(1)).UtcDateTime,
            var type when type == typeof(DateTimeOffset) => isFirst ? Noon.ToOffset(TimeSpan.FromHours(2)) : Noon.AddHours(1),
            var type when type == typeof(DateOnly) => new DateOnly(2026, 3, isFirst ? 1 : 2),
            var type when type == typeof(TimeOnly) => new TimeOnly(isFirst ? 1 : 2, 0),
            var type when type == typeof(TimeSpan) => TimeSpan.FromHours(isFirst ? 30 : -30),
            var type => throw new InvalidOperationException($"{type} has no value here."),
        };
    }

    private void Compare<T>(PropertyInfo property, T value)
    {
        var e = Expression.Parameter(typeof(Event<Gapped>), "e");
        var list = Expression.Property(Expression.Property(e, "Body"), property);
        var item = Expression.Parameter(typeof(T), "item");
        Box<T> box = new() { Value = value };
        Expression nothing = Expression.Constant(null, typeof(T)), constant = Expression.Constant(value, typeof(T));
        var (parameter, parameterNull) = (Expression.Field(Expression.Constant(box), nameof(box.Value)), Expression.Field(Expression.Constant(new Box<T>()), nameof(box.Value)));
        foreach (var sought in (Expression[])[nothing, constant, parameter, parameterNull])
        {
            Where(Expression.Call(list, "Contains", null, sought));
            Where(Expression.Not(Expression.Call(list, "Contains", null, sought)));
            Where(Ask("Any", Expression.Equal(item, sought)));
            Where(Ask("Any", Expression.NotEqual(item, sought)));
            Where(Ask("All", Expression.NotEqual(item, sought)));
            Where(Ask("All", Expression.Equal(item, sought)));
            Where(Expression.Equal(Ask("Count", Expression.Equal(item, sought)), Expression.Constant(1)));
        }

        Where(Expression.AndAlso(Expression.GreaterThan(Expression.Property(list, "Count"), Expression.Constant(1)), Expression.Equal(Expression.Call(list, "get_Item", null, Expression.Constant(1)), nothing)));
        Where(Expression.AndAlso(Expression.GreaterThan(Expression.Property(list, "Count"), Expression.Constant(1)), Expression.NotEqual(Expression.Call(list, "get_Item", null, Expression.Constant(1)), constant)));
        Same($"Select {property.Name}", query => query.OrderBy(x => x.Id).Select(Expression.Lambda<Func<Event<Gapped>, List<T>>>(list, e)));

        MethodCallExpression Ask(string method, Expression condition) => Expression.Call(typeof(Enumerable), method, [typeof(T)], list, Expression.Lambda(condition, item));

        void Where(Expression condition) => Same(condition.ToString(), query => query.Where(Expression.Lambda<Func<Event<Gapped>, bool>>(condition, e)).OrderBy(x => x.Id).Select(x => x.Body.N));
    }

    private void Same<T>(string text, Func<IQueryable<Event<Gapped>>, IQueryable<T>> query)
    {
        try
        {
            var (found, expected) = (JsonSerializer.Serialize(query(_stored).ToList()), JsonSerializer.Serialize(query(_memory).ToList()));
            if (found != expected)
            {
                _wrong.Add($"{text}: {found} instead of {expected}");
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _wrong.Add($"{text}: {error.GetType().Name}: {error.Message.Split('\n')[0]}");
        }
    }

    private sealed class Box<T>
    {
        public T? Value;
    }
}

public sealed class EventListNullTestsOnSqlite() : EventListNullTests(DatabaseServer.Sqlite);

public sealed class EventListNullTestsOnPostgres() : EventListNullTests(DatabaseServer.Postgres);

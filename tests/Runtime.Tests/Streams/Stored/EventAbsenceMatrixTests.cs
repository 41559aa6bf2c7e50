using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>A member of every type that queries see: with a value of its own where the JSON lacks it, with that of its type, and null.</summary>
public class EveryMember
{
    public bool Flag { get; set; } = true;

    public byte Octet { get; set; } = 7;

    public short Short { get; set; } = -7;

    public int Whole { get; set; } = 5;

    public long Long { get; set; } = 5_000_000_000;

    public ulong Unsigned { get; set; } = 6;

    public float Single { get; set; } = 0.1f;

    public double Double { get; set; } = 0.1;

    public decimal Price { get; set; } = 1.5m;

    public string Text { get; set; } = "it's";

    public PageKind Kind { get; set; } = PageKind.Big;

    public Rights Rights { get; set; } = Rights.Read | Rights.Admin;

    public Guid Id { get; set; }

    public DateTime Made { get; set; }

    public DateTimeOffset At { get; set; }

    public DateOnly Day { get; set; }

    public TimeOnly Clock { get; set; }

    public TimeSpan Took { get; set; }

    public int Plain { get; set; }

    public bool? MaybeFlag { get; set; }

    public int? MaybeWhole { get; set; } = 3;

    public double? MaybeDouble { get; set; }

    public decimal? MaybePrice { get; set; } = 2.5m;

    public string? MaybeText { get; set; }

    public string? MaybeOther { get; set; } = "other";

    public PageKind? MaybeKind { get; set; } = PageKind.Big;

    public Guid? MaybeId { get; set; }

    public DateTimeOffset? MaybeAt { get; set; }

    public TimeSpan? MaybeTook { get; set; }

    public byte[]? MaybeBytes { get; set; }

    public List<bool> Flags { get; set; } = [];

    public List<int> Wholes { get; set; } = [];

    public List<double> Doubles { get; set; } = [];

    public List<decimal> Prices { get; set; } = [];

    public List<string> Texts { get; set; } = [];

    public List<PageKind> Kinds { get; set; } = [];

    public List<Guid> Ids { get; set; } = [];

    public List<DateTime> Mades { get; set; } = [];

    public List<DateTimeOffset> Ats { get; set; } = [];

    public List<DateOnly> Days { get; set; } = [];

    public List<TimeOnly> Clocks { get; set; } = [];

    public List<TimeSpan> Tooks { get; set; } = [];

    public List<int>? MaybeWholes { get; set; }

    public List<PageItem> Items { get; set; } = [];
}

public class AroundEveryMember
{
    public EveryMember Part { get; set; } = new();

    public EveryMember? Maybe { get; set; }
}

[EventStream]
public partial class Absent
{
    public int N { get; set; }

    public EveryMember Part { get; set; } = new();

    public EveryMember? Maybe { get; set; }

    public AroundEveryMember Outer { get; set; } = new();

    public AroundEveryMember? MaybeOuter { get; set; }
}

/// <summary>Every type of member, in objects that may be null and in others, one and two levels deep: where the JSON lacks it, a query sees what a reader makes of it.</summary>
public abstract class EventAbsenceMatrixTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly string[][] s_paths = [["Part"], ["Maybe"], ["Outer", "Part"], ["Outer", "Maybe"], ["MaybeOuter", "Part"], ["MaybeOuter", "Maybe"]];

    [Fact]
    public async Task Every_member_on_every_path()
    {
        await using var store = await OpenAsync<Absent>();
        await Absent.In(store).PutAsync(Enumerable.Range(0, 6).Select(n => new Absent { N = n, Part = Filled(), Maybe = Filled(), Outer = new() { Part = Filled(), Maybe = Filled() }, MaybeOuter = new() { Part = Filled(), Maybe = Filled() } }).ToArray());
        await using var db = store.CreateDbContext();
        string[] bodies =
        [
            """{"n": 0}""",
            """{"n": 1, "maybe": null, "outer": {}, "maybeOuter": null}""",
            """{"n": 2, "part": {}, "maybe": {}, "outer": {"part": {}, "maybe": {}}, "maybeOuter": {"part": {}, "maybe": {}}}""",
            """{"n": 3, "outer": {"maybe": null}, "maybeOuter": {"maybe": null}}""",
            """{"n": 4, "part": {"text": "x"}, "maybe": {"whole": 1, "maybeWhole": null, "maybeOther": null, "maybeKind": null, "maybePrice": null}, "outer": {"part": {"plain": 2}}, "maybeOuter": {"maybe": {"wholes": [1]}}}""",
        ];
        foreach (var body in bodies)
        {
            await db.Database.ExecuteSqlRawAsync(
                Server == DatabaseServer.Postgres ? "UPDATE absent SET body = {0}::jsonb WHERE body ->> 'n' = {1}" : "UPDATE absent SET body = {0} WHERE body ->> 'n' = CAST({1} AS INTEGER)",
                body, JsonDocument.Parse(body).RootElement.GetProperty("n").ToString());
        }

        var stored = Absent.In(db).AsQueryable().OrderBy(e => e.Id);
        var read = (await ListAsync(Absent.In(store))).Select(e => e.Body).ToList();
        List<string> wrong = [];
        foreach (var path in s_paths)
        {
            foreach (var member in typeof(EveryMember).GetProperties())
            {
                var values = read.Select(body => Follow(body, [.. path, member.Name])).ToList();
                try
                {
                    Compare(stored, path, member, values, wrong);
                }
                catch (Exception error) when (error is not OutOfMemoryException)
                {
                    var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
                    wrong.Add($"{string.Join('.', path)}.{member.Name}: {cause.GetType().Name}: {cause.Message.Split('\n')[0]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong)}");
    }

    private static void Compare(IQueryable<Event<Absent>> stored, string[] path, PropertyInfo member, List<object?> values, List<string> wrong)
    {
        var e = Expression.Parameter(typeof(Event<Absent>), "e");
        var value = path.Append(member.Name).Aggregate((Expression)Expression.Property(e, "Body"), Expression.Property);
        var name = $"{string.Join('.', path)}.{member.Name}";
        if (member.PropertyType != typeof(string) && member.PropertyType != typeof(byte[]) && value.Type.IsGenericType && value.Type.GetGenericTypeDefinition() == typeof(List<>))
        {
            var counts = values.Select(list => (list as ICollection)?.Count).ToList();
            if (member.Name != nameof(EveryMember.Items)) // A list of objects that is null has no rows to count.
            {
                Where("Count == 0", Expression.Equal(Expression.Property(value, "Count"), Expression.Constant(0)), counts.Select(count => count == 0));
            }

            Where("Count > 0", Expression.GreaterThan(Expression.Property(value, "Count"), Expression.Constant(0)), counts.Select(count => count > 0));
            Where("Any()", Expression.Call(typeof(Enumerable), "Any", [value.Type.GenericTypeArguments[0]], value), counts.Select(count => count > 0));
            if (values.OfType<IList>().FirstOrDefault(list => list.Count > 0) is [{ } first, ..] && first is not PageItem)
            {
                Where("Contains", Expression.Call(value, "Contains", null, Expression.Constant(first)), values.Select(list => list is IList known && known.Contains(first)));
            }

            return;
        }

        foreach (var sought in values.Where(sought => sought is not (null or byte[])).Distinct())
        {
            Where($"== {sought}", Expression.Equal(value, Expression.Constant(sought, value.Type)), values.Select(one => Equals(one, sought)));
        }

        var type = value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null ? typeof(Nullable<>).MakeGenericType(value.Type) : value.Type;
        var nullable = Expression.Convert(value, type);
        Where("== null", Expression.Equal(nullable, Expression.Constant(null, type)), values.Select(one => one is null));
        var selected = (IEnumerable)typeof(EventAbsenceMatrixTests).GetMethod(nameof(Select), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [stored, nullable, e])!;
        Same("Select", selected.Cast<object?>().Select(Text), values.Select(Text));

        void Where(string what, Expression condition, IEnumerable<bool> expected) => Same(
            what,
            stored.Where(Expression.Lambda<Func<Event<Absent>, bool>>(condition, e)).Select(found => found.Body.N).ToList().Select(n => $"{n}"),
            expected.Select((isFound, n) => (isFound, n)).Where(one => one.isFound).Select(one => $"{one.n}"));

        void Same(string what, IEnumerable<string> found, IEnumerable<string> expected)
        {
            var (all, wanted) = (string.Join(", ", found), string.Join(", ", expected));
            if (all != wanted)
            {
                wrong.Add($"{name} {what}: {all} instead of {wanted}");
            }
        }
    }

    private static List<T> Select<T>(IQueryable<Event<Absent>> stored, Expression value, ParameterExpression e) => [.. stored.Select(Expression.Lambda<Func<Event<Absent>, T>>(value, e))];

    // What Npgsql and SQLite read has a kind, which the default of a DateTime lacks.
    private static string Text(object? value) => value is DateTime time ? $"{time.Ticks}" : value is decimal number ? JsonSerializer.Serialize(number / 1.0000000000000000000000000000m) : JsonSerializer.Serialize(value);

    private static object? Follow(object? value, IEnumerable<string> path) => path.Aggregate(value, (owner, name) => owner?.GetType().GetProperty(name)!.GetValue(owner));

    private static EveryMember Filled() => new()
    {
        Flag = false, Octet = 1, Short = 2, Whole = 1, Long = 3, Unsigned = 4, Single = 0.2f, Double = 0.3, Price = 9.25m, Text = "x", Kind = PageKind.Small, Rights = Rights.Write, Id = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Made = Noon.UtcDateTime, At = Noon, Day = new(2026, 3, 21), Clock = new(12, 30), Took = TimeSpan.FromHours(30), Plain = 2, MaybeFlag = true, MaybeWhole = 4, MaybeDouble = 0.5, MaybePrice = 1.25m, MaybeText = "y",
        MaybeKind = PageKind.Small, MaybeId = Guid.AllBitsSet, MaybeAt = Noon.AddDays(1), MaybeTook = TimeSpan.FromMinutes(1), MaybeBytes = [1, 2], Flags = [true], Wholes = [1, 2], Doubles = [0.5], Prices = [1.5m], Texts = ["a"],
        Kinds = [PageKind.Big], Ids = [Guid.AllBitsSet], Mades = [Noon.UtcDateTime], Ats = [Noon], Days = [new(2026, 3, 21)], Clocks = [new(1, 0)], Tooks = [TimeSpan.FromHours(30)], MaybeWholes = [3], Items = [new("s", 1, 1)],
    };
}

public sealed class EventAbsenceMatrixTestsOnSqlite() : EventAbsenceMatrixTests(DatabaseServer.Sqlite);

public sealed class EventAbsenceMatrixTestsOnPostgres() : EventAbsenceMatrixTests(DatabaseServer.Postgres);

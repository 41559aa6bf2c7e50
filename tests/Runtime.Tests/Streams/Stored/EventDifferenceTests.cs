using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

public record SoldCity(string Name, int? Zip);

public record SoldVendor(string Name, SoldCity? City);

public record SoldLine(string Sku, int Quantity, decimal Unit, DateTimeOffset At, TimeSpan Took, PageKind Kind, Guid Reference, byte[] Raw, string? Note);

[EventStream]
public partial record Sold(
    int N, bool Flag, byte Small, long Large, decimal Price, double Weight, string Text, string? Note, Guid Reference, DateTime Made, DateTimeOffset At, TimeSpan Took, TimeOnly Clock, PageKind Kind, Rights Rights, byte[] Raw,
    int? MaybeN, decimal? MaybePrice, DateTimeOffset? MaybeAt, DateTime? MaybeMade, TimeSpan? MaybeTook, Guid? MaybeReference, PageKind? MaybeKind, SoldVendor Vendor, SoldVendor? Other,
    List<int> Numbers, List<decimal> Prices, List<TimeSpan> Spans, List<DateTimeOffset> Times, List<PageKind> Kinds, List<Guid> References, List<SoldLine> Lines);

[EventStream]
public partial record Labeled(int K, string Label, Dictionary<string, string> Map, decimal Amount, string Unit = "px")
{
    public List<string> Tags { get; init; } = ["new"];
}

/// <summary>The same query over the database and over the events in memory gives the same, or EF says that it cannot be translated.</summary>
public abstract class EventDifferenceTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly List<string> _wrong = [];

    private IQueryable<Event<Sold>> _stored = null!;
    private IQueryable<Event<Sold>> _memory = null!;
    private IQueryable<Event<Labeled>> _storedLabels = null!;
    private IQueryable<Event<Labeled>> _memoryLabels = null!;

    private bool OnPostgres => Server == DatabaseServer.Postgres;

    [Fact]
    public Task Values() => CompareAsync(() =>
    {
        var (three, time, raw) = (Reference(3), Noon.AddHours(9), new byte[] { 3, 200, 255 });
        Where(e => !e.Body.Flag && e.Body.Small > 40 && e.Body.Large < 30_000_000_000);
        Where(e => (e.Body.MaybeN ?? 4) == 4);
        Where(e => e.Body.MaybeN.GetValueOrDefault() == 0 || e.Body.MaybeN != e.Body.N);
        Where(e => e.Body.MaybePrice + 1 > 1.04m);
        Where(e => e.Body.Note == null || e.Body.Note != "t4");
        Where(e => e.Body.Text.StartsWith("be") || e.Body.Text.EndsWith('a') || e.Body.Text.Contains('%'), onPostgres: false); // Npgsql does not translate characters.
        Where(e => e.Body.Text.Contains("\\n") || e.Body.Text.Trim() == "pad" || e.Body.Text.Length == 7);
        Where(e => e.Body.Reference == three || e.Body.MaybeReference != three);
        Where(e => e.Body.Kind == e.Body.MaybeKind || e.Body.Rights.HasFlag(Rights.Write));
        Where(e => e.Body.Vendor.City == null || e.Body.Vendor.City.Zip == null || (e.Body.Other != null && e.Body.Other.Name == "o4"));
        Where(e => e.Body.Raw.Length == 3 && e.Body.Raw.Contains((byte)3));
        Where(e => e.Body.Raw.SequenceEqual(raw));
        Select(e => e.Body.Raw);
        Select(e => e.Body.Flag ? e.Body.Kind : PageKind.Big);
        Select(e => e.Body.Text + e.Body.Kind + e.Body.Took + e.Body.N);
        Select(e => Math.Min(e.Body.Price, 3m) + Math.Max(e.Body.Price, e.Body.N));
        Select(e => e.Body.Price * 2 + e.Body.N);
        Select(e => e.Body.MaybePrice ?? -1m);
        Where(e => e.Body.Made < DateTime.UtcNow && e.Body.At > time);
    });

    [Fact]
    public Task Times_of_bodies_and_of_events() => CompareAsync(() =>
    {
        Where(e => e.Body.At == e.Time);
        Where(e => e.Body.At >= e.Time && e.Body.MaybeAt != e.Time);
        Where(e => (e.Body.MaybeAt ?? e.Time) > Noon.AddHours(3));
        Where(e => (e.Body.Flag ? e.Body.At : e.Time) > Noon.AddHours(3));
        Where(e => e.Body.Made.AddHours(20) > e.Body.MaybeMade);
        Where(e => e.Body.Made.Date < e.Body.MaybeMade);
        Where(e => e.Body.Lines.Any(line => line.At > e.Time));
        Where(e => new[] { e.Time, Noon }.Contains(e.Body.At) || new[] { e.Body.At, Noon }.Contains(e.Time));
        Where(e => e.Id == e.Body.Reference || e.Body.References.Contains(e.Body.Reference));
        Query((sold, _) => sold.Join(sold, a => a.Time, b => b.Body.At, (a, b) => new { A = a.Body.N, B = b.Body.N }));
        Query((sold, labels) => sold.Where(e => labels.Select(l => l.Time).Contains(e.Body.At)).Select(e => e.Body.N));
        Query((sold, labels) => labels.Where(l => sold.Select(e => e.Body.At).Contains(l.Time)).Select(l => l.Body.K));
        Where(e => e.Body.At < DateTime.UtcNow && e.Time < DateTime.UtcNow && e.Body.MaybeAt < DateTimeOffset.UtcNow.AddDays(-1));
        Where(e => e.Body.At == e.Body.Made || e.Time >= e.Body.Made);
        Select(e => e.Id.ToString());
        Select(e => e.Time.UtcDateTime);
    });

    [Fact]
    public Task Sums_and_differences_of_times() => CompareAsync(() =>
    {
        var (span, time) = (TimeSpan.FromHours(30), Noon.AddHours(20));
        Where(e => e.Body.Took == TimeSpan.FromHours(-30) || e.Body.Took > -span);
        Where(e => e.Body.Took + e.Body.Took > span && e.Body.Took - span < TimeSpan.Zero);
        Select(e => e.Body.Made + e.Body.Took);
        Select(e => e.Body.At - e.Time);
        Select(e => e.Time - span);
        Select(e => e.Body.MaybeAt - time);
        Select(e => e.Body.Took * 2);
        Select(e => e.Body.Took / e.Body.MaybeTook);
        Select(e => e.Body.Clock - new TimeOnly(0, 0));
        if (OnPostgres)
        {
            Where(e => e.Time + e.Body.Took > time);
            Where(e => e.Body.At - e.Time > span);
            Where(e => e.Body.Took.Days == 1 || e.Body.Took.Hours == -6 || e.Body.Took.TotalHours > 40);
            return;
        }

        Untranslated(e => e.Time + e.Body.Took > time);
        Untranslated(e => e.Time - time > span);
        Untranslated(e => e.Body.Made - e.Body.MaybeMade > span);
        Untranslated(e => e.Body.Took * 2 > span);
    });

    [Fact]
    public Task Lists() => CompareAsync(() =>
    {
        Where(e => e.Body.Numbers.Contains(2) && e.Body.Numbers[1] == 2 && e.Body.Numbers.Sum() == 3);
        Where(e => e.Body.Prices.OrderBy(p => p).Skip(1).First() > 2.4m);
        Where(e => e.Body.Prices.Distinct().Count() == 2 && e.Body.Prices.Max() > 3);
        Where(e => e.Body.Spans.OrderBy(s => s).Skip(1).First() == TimeSpan.FromDays(4));
        Where(e => e.Body.Spans.Contains(TimeSpan.FromHours(-30)) || e.Body.Spans.Contains(e.Body.Took));
        Where(e => e.Body.Kinds.Distinct().OrderBy(k => k).First() == PageKind.Big);
        Where(e => e.Body.References.Distinct().Count() == 1);
        Where(e => e.Body.Times.OrderByDescending(t => t).Take(1).Contains(Noon));
        Where(e => e.Body.Lines.OrderBy(l => l.Took).Skip(1).Select(l => l.Unit).FirstOrDefault() == 2.5m);
        Where(e => e.Body.Lines.Any(l => l.Raw.Length == 3 && l.Kind == PageKind.Big && l.Note == null));
        Where(e => e.Body.Lines.Where(l => l.Took > TimeSpan.FromHours(14)).OrderBy(l => l.Unit).Take(1).Any(l => l.Reference == Reference(2)));
        Select(e => e.Body.Lines.Sum(l => l.Unit * l.Quantity));
        Select(e => e.Body.Lines.Max(l => (TimeSpan?)l.Took));
        if (OnPostgres) // SQLite has no lateral joins.
        {
            Select(e => e.Body.Lines.Where(l => l.Quantity > 3).ToList());
            Query((sold, _) => sold.SelectMany(e => e.Body.Lines, (e, l) => new { e.Body.N, l.Sku, l.Took, l.Kind, l.At }));
        }
    });

    [Fact]
    public Task Groups() => CompareAsync(() =>
    {
        Query((sold, _) => sold.GroupBy(e => e.Body.Kind).Where(g => g.Sum(e => e.Body.Price) > 12)
            .Select(g => new { g.Key, C = g.Count(), S = g.Sum(e => e.Body.Price), A = g.Average(e => e.Body.MaybeN), Least = g.Min(e => e.Body.Took), Last = g.Max(e => e.Time) }));
        Query((sold, _) => sold.GroupBy(e => new { e.Body.Kind, e.Body.Flag }).Select(g => new { g.Key.Kind, g.Key.Flag, C = g.Count() }));
        Query((sold, _) => sold.GroupBy(e => e.Body.Flag).Select(g => g.OrderBy(e => e.Body.N).First()));
        Query((sold, _) => sold.GroupBy(e => e.Body.Flag).Select(g => new { g.Key, Events = g.OrderBy(e => e.Id).Take(2).ToList() }));
        Query((sold, _) => sold.Where(e => e.Body.N < 3).Union(sold.Where(e => e.Body.N > 6)));
        Query((sold, _) => sold.Select(e => e.Body).Distinct());
        Query((sold, labels) => sold.Select(e => new { e.Body.N, T = e.Body.Vendor.Name, P = e.Body.Price }).Concat(labels.Select(l => new { N = l.Body.K, T = l.Body.Label, P = l.Body.Amount })).Where(x => x.P > 2));
    });

    [Fact]
    public Task Joins_and_queries_in_queries() => CompareAsync(() =>
    {
        Query((sold, labels) => sold.LeftJoin(labels, e => e.Body.N, l => l.Body.K, (e, l) => new { e, l }));
        Query((sold, labels) => labels.RightJoin(sold, l => l.Body.K, e => e.Body.N, (l, e) => new { l, e.Body.N }));
        Query((sold, labels) => sold.Where(e => e.Body.N > 2).RightJoin(labels, e => e.Body.N, l => l.Body.K, (e, l) => new { N = e == null ? -1 : e.Body.N, l.Body.K }).Where(x => x.N < 4).Select(x => x.K));
        Query((sold, labels) => sold.Where(e => labels.Any(l => l.Body.K == e.Body.N && l.Body.Amount > 2)).Select(e => e.Body));
        Query((sold, labels) => sold.Where(e => e.Body.Price == labels.Max(l => l.Body.Amount)).Select(e => e.Body.N));
        Query((sold, labels) => sold.Select(e => new { e.Body.N, C = labels.Count(l => l.Body.K > e.Body.N), M = labels.Where(l => l.Body.K > e.Body.N).Max(l => (decimal?)l.Body.Amount) }));
        if (!OnPostgres) // SQLite has no lateral joins.
        {
            return;
        }

        Query((sold, labels) => sold.Select(e => new { e.Body.N, Labels = labels.Where(l => l.Body.K < e.Body.N).OrderBy(l => l.Body.K).ToList() }));
        Query((sold, labels) => sold.Select(e => new { e.Body.N, Label = labels.FirstOrDefault(l => l.Body.K == e.Body.N) }));
        Query((sold, labels) => sold.Select(e => new { e.Body.N, Maps = labels.Where(l => l.Body.K < e.Body.N).OrderBy(l => l.Body.K).Select(l => l.Body.Map).ToArray() }));
        Query((sold, labels) => sold.Select(e => labels.OrderBy(l => l.Body.K).First().Body));
    });

    [Fact]
    public Task What_SQLite_has_in_two_forms_is_refused() => CompareAsync(() =>
    {
        Assert.Contains("in memory", Assert.Throws<InvalidOperationException>(() => _stored.Select(e => "is " + (e.Body.MaybeKind ?? PageKind.Big)).ToList()).Message, StringComparison.Ordinal);
        Where(e => e.Body.Lines.Any(l => l.Sku + l.Kind + l.Took == "s2Big1.02:00:00"));
        if (OnPostgres)
        {
            Query((sold, _) => sold.Select(e => e.Time).Union(sold.Select(e => e.Body.At)).Where(at => at > Noon.AddHours(20)).Select(at => at.Year));
            Where(e => (e.Body.Flag ? e.Time : e.Body.At) > Noon.AddHours(8));
            return;
        }

        Assert.Contains("unite them in memory", Assert.Throws<InvalidOperationException>(() => _stored.Select(e => e.Time).Union(_stored.Select(e => e.Body.At)).ToList()).Message, StringComparison.Ordinal);
        Assert.Contains("begin with that of the body", Assert.Throws<InvalidOperationException>(() => _stored.Select(e => e.Body.Flag ? e.Time : e.Body.At).ToList()).Message, StringComparison.Ordinal);
    });

    private static Guid Reference(int n) => new(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    private static Sold Make(int n)
    {
        var isNull = n % 3 == 0;
        var text = new[] { "alpha", "Beta", "gamma%x", "del_ta", "", "Straße", "O'Hara\\n", "beta", "zeta", " pad " }[n];
        return new(
            n, n % 2 == 0, (byte)(n * 20), n * 5_000_000_000, (n * 1.5m) - 3, n * 0.1, text, isNull ? null : $"t{n}", Reference(n), Noon.AddHours(n * 7).UtcDateTime, n == 4 ? Noon.AddHours(4) : Noon.AddHours(n * 5).ToOffset(TimeSpan.FromHours(n - 4)),
            TimeSpan.FromHours((n * 12) - 30), new(n, 30), n % 2 == 0 ? PageKind.Small : PageKind.Big, (Rights)(n % 4), [(byte)n, 200, 255],
            isNull ? null : n, isNull ? null : n * 0.01m, isNull ? null : Noon.AddHours(n), isNull ? null : Noon.AddHours(n * 8).UtcDateTime, isNull ? null : TimeSpan.FromHours(n), isNull ? null : Reference(n), isNull ? null : PageKind.Big,
            new($"V{n % 4}", n % 4 == 1 ? null : new($"C{n % 2}", n % 4 == 2 ? null : n)), isNull ? null : new($"o{n}", null),
            [.. Enumerable.Range(1, n % 4)], [n * 1.1m, 2.50m], [TimeSpan.FromHours((n * 12) - 30), TimeSpan.FromDays(n)], [Noon.AddDays(-n), Noon], n % 2 == 0 ? [PageKind.Small, PageKind.Big] : [PageKind.Big, PageKind.Big], [Reference(n), Reference(1)],
            [.. Enumerable.Range(1, n % 4).Select(i => new SoldLine($"s{i}", i * n, i * 1.25m, Noon.AddHours(i * 3), TimeSpan.FromHours(i * 13), i % 2 == 0 ? PageKind.Big : PageKind.Small, Reference(i), [1, 2, (byte)i], i == 2 ? null : "n"))]);
    }

    private async Task CompareAsync(Action compare)
    {
        await using var store = await OpenAsync(o => o.Only<Sold>().Only<Labeled>());
        await Sold.In(store).PutAsync(Enumerable.Range(0, 10).Select(n => (Make(n), Noon.AddHours(n))));
        await Labeled.In(store).PutAsync(Enumerable.Range(0, 5).Select(n => (new Labeled(n, $"V{n}", new() { ["k"] = $"v{n}" }, n * 2.5m), Noon.AddHours(n))));
        await Sold.In(store, "other").PutAsync(Make(1));
        await using var db = store.CreateDbContext();

        // Members that the JSON lacks have the values of their class, also in what a query in a query returns.
        await db.Database.ExecuteSqlRawAsync(OnPostgres ? "UPDATE labeled SET body = body - 'unit' - 'tags'" : "UPDATE labeled SET body = json_remove(body, '$.unit', '$.tags')");
        (_stored, _memory) = (Sold.In(db).AsQueryable(), (await ListAsync(Sold.In(store))).AsQueryable());
        (_storedLabels, _memoryLabels) = (Labeled.In(db).AsQueryable(), (await ListAsync(Labeled.In(store))).AsQueryable());
        compare();
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    private void Where(Expression<Func<Event<Sold>, bool>> where, bool onPostgres = true, [CallerArgumentExpression(nameof(where))] string text = "")
    {
        if (onPostgres || !OnPostgres)
        {
            Same(text, () => _stored.Where(where).Select(e => e.Body.N), () => _memory.Where(where).Select(e => e.Body.N));
        }
    }

    private void Select<T>(Expression<Func<Event<Sold>, T>> select, [CallerArgumentExpression(nameof(select))] string text = "") => Same(text, () => _stored.Select(select), () => _memory.Select(select));

    private void Query<T>(Func<IQueryable<Event<Sold>>, IQueryable<Event<Labeled>>, IQueryable<T>> query, [CallerArgumentExpression(nameof(query))] string text = "") =>
        Same(text, () => query(_stored, _storedLabels), () => query(_memory, _memoryLabels));

    private void Untranslated(Expression<Func<Event<Sold>, bool>> where, [CallerArgumentExpression(nameof(where))] string text = "")
    {
        var error = Record.Exception(() => _stored.Where(where).Count());
        if (error is not InvalidOperationException || !error.Message.Contains("could not be translated", StringComparison.Ordinal))
        {
            _wrong.Add($"{text}: {error?.Message ?? "no error"}");
        }
    }

    private void Same<T>(string text, Func<IQueryable<T>> stored, Func<IQueryable<T>> memory)
    {
        try
        {
            var (found, expected) = (Texts(stored()), Texts(memory()));
            if (!found.SequenceEqual(expected, StringComparer.Ordinal))
            {
                _wrong.Add($"{text}: {string.Join("; ", found)} instead of {string.Join("; ", expected)}");
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _wrong.Add($"{text}: {error.GetType().Name}: {error.Message.Split('\n')[0]}");
        }
    }

    // The order of rows is the database's; decimals are as long as it makes them.
    private static List<string> Texts<T>(IQueryable<T> items) => [.. items.AsEnumerable().Select(item => item is decimal number ? JsonSerializer.Serialize(number / 1.0000000000000000000000000000m) : JsonSerializer.Serialize(item)).Order(StringComparer.Ordinal)];
}

public sealed class EventDifferenceTestsOnSqlite() : EventDifferenceTests(DatabaseServer.Sqlite);

public sealed class EventDifferenceTestsOnPostgres() : EventDifferenceTests(DatabaseServer.Postgres);

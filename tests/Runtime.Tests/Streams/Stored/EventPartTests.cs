using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132, MA0011, CA1305 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream]
public partial record Parted(
    int N, decimal Price, double Weight, float Share, long Large, PageKind Kind, Renamed Other, PageKind? MaybeKind, DateTimeOffset At, DateTime Made, TimeOnly Clock, TimeSpan Took, DateOnly Day, string Text,
    List<int> Numbers, List<PageItem> Items, List<decimal> Prices, PageItem[] Bought);

/// <summary>Parts and texts of values: as in memory, or EF says that it does not translate them.</summary>
public abstract class EventPartTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly List<string> _wrong = [];
    private readonly List<string> _refused = [];

    private IQueryable<Event<Parted>> _stored = null!;
    private IQueryable<Event<Parted>> _memory = null!;

    [Fact]
    public async Task Texts_of_numbers_and_enums()
    {
        await FilledAsync(() =>
        {
            Select(e => "n" + e.Body.Price + "|" + e.Body.Weight + "|" + e.Body.Share + "|" + e.Body.N + "|" + e.Body.Large);
            Where(e => "n" + e.Body.Weight == "n17");
            Where(e => "n" + e.Body.Share == "n0.1" || "n" + e.Body.Price == "n17.50");
            Where(e => e.Body.Kind.ToString() == "Big");
            Where(e => e.Body.Other.ToString() == "First");
            Where(e => e.Body.Items.Any(i => "q" + i.Unit == "q2"));
            Where(e => e.Body.Numbers.Any(n => "n" + n == "n2"));
            Select(e => e.Body.Kind.ToString() + e.Body.Other.ToString());
            Where(e => e.Body.Price + 1 == 18.5m && "n" + (e.Body.Weight + 1) == "n18");
        });
        Assert.Empty(_refused);
    }

    [Fact]
    public Task Parts_of_times() => FilledAsync(() =>
    {
        Where(e => e.Body.At.Hour == 14 || e.Time.Day == 22);
        Where(e => e.Time.AddHours(2).Date == new DateTime(2026, 3, 21));
        Where(e => e.Body.At.AddHours(2).Hour == 16);
        Select(e => e.Time.AddHours(2).Date);
        Where(e => e.Time.UtcDateTime.Hour == 13);
        Where(e => e.Body.At.UtcDateTime.Date == new DateTime(2026, 3, 21));
        Where(e => e.Time.UtcDateTime.Year == 2026 && e.Body.At.UtcDateTime.Minute == 0);
        Where(e => e.Body.Made.Hour == 13 || e.Body.Made.Year == 2027);
        Where(e => e.Body.Clock.Hour == 2);
        Where(e => e.Body.Took.Hours == 6);
        Where(e => e.Body.Took.TotalHours > 20);
        Where(e => e.Body.Day.Month == 3 && e.Body.Day.DayOfYear > 80);
        Where(e => new DateTime(e.Time.Year, e.Time.Month, e.Time.Day, e.Time.Hour, 0, 0) == new DateTime(2026, 3, 21, 13, 0, 0));
        Where(e => new DateTime(e.Body.At.Year, e.Body.At.Month, 1) == new DateTime(2026, 3, 1));
        Where(e => Math.Abs(e.Body.Price) > 10 || Math.Abs(e.Body.Weight) > 16);
        Where(e => Math.Round(e.Body.Price) == 18);
        Where(e => Math.Floor(e.Body.Price) == 17 || Math.Ceiling(e.Body.Weight) == 0);
        Where(e => e.Body.Prices.Sum() > 3 && e.Body.Prices.Average() > 1);
    });

    [Fact]
    public async Task Lists_are_flattened()
    {
        await FilledAsync(() =>
        {
            Query(events => events.SelectMany(e => e.Body.Numbers));
            Query(events => events.SelectMany(e => e.Body.Numbers, (e, n) => new { e.Body.N, Number = n }));
            Query(events => events.SelectMany(e => e.Body.Items, (e, i) => new { e.Body.N, i.Sku, i.Unit }));
            Query(events => events.SelectMany(e => e.Body.Items, (e, i) => new { e.Body.N, i.Sku, i.Unit }).Where(x => x.Unit > 1).GroupBy(x => x.Sku).Select(g => new { g.Key, Units = g.Sum(x => x.Unit) }));
            Query(events => events.SelectMany(e => e.Body.Bought, (e, i) => new { e.Body.N, i.Sku, i.Unit }));
            Where(e => e.Body.Bought.Any(i => i.Unit > 4 && i.Sku == "b3"));
            Where(e => e.Body.Bought.Length == 2 || e.Body.Bought.Count(i => i.Quantity > 1) == 2);
            Query(events => events.Select(e => new { e.Body.N, e.Body.Bought }));
            Query(events => events.Where(e => e.Body.N > 0).SelectMany(e => e.Body.Prices).Where(p => p > 1));
        });
        Assert.Empty(_refused);

        // EF makes the objects after set operations, and cannot make an array.
        await FilledAsync(() => Assert.Contains("Bought", Assert.Throws<InvalidOperationException>(() => _stored.Concat(_stored).ToList()).Message, StringComparison.Ordinal));
        if (Server == DatabaseServer.Sqlite)
        {
            await FilledAsync(() => Assert.Contains(
                "go on in memory", Assert.Throws<InvalidOperationException>(() => _stored.SelectMany(e => e.Body.Items.Where(i => i.Quantity > 1), (e, i) => new { e.Body.N, i.Sku }).ToList()).Message, StringComparison.Ordinal));
        }
    }

    private async Task FilledAsync(Action compare)
    {
        await using var store = await OpenAsync<Parted>();
        await Parted.In(store).PutAsync(Enumerable.Range(0, 4).Select(n => (
            new Parted(
                n, n == 1 ? 17.50m : (n * 1.25m) - 20, n == 1 ? 17 : n == 2 ? 1e20 : -n / 3.0, n == 1 ? 0.1f : n, n * 5_000_000_000, n % 2 == 0 ? PageKind.Small : PageKind.Big, n == 1 ? Renamed.First : Renamed.None, null,
                Noon.AddHours(n), Noon.AddHours(n).UtcDateTime, new(n, 30), TimeSpan.FromHours(n * 10), new(2026, 3, 21 + n), $"t{n}", [.. Enumerable.Range(0, n)], [.. Enumerable.Range(1, n).Select(i => new PageItem($"s{i}", i, i))],
                [1.5m, n], [.. Enumerable.Range(1, n).Select(i => new PageItem($"b{i}", i, i * 1.5m))]),
            Noon.AddHours(n))));
        await using var db = store.CreateDbContext();
        (_stored, _memory) = (Parted.In(db).AsQueryable(), (await ListAsync(Parted.In(store))).AsQueryable());
        compare();
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    private void Where(Expression<Func<Event<Parted>, bool>> where, [CallerArgumentExpression(nameof(where))] string text = "") => Same(text, query => query.Where(where).Select(e => e.Body.N));

    private void Select<T>(Expression<Func<Event<Parted>, T>> select, [CallerArgumentExpression(nameof(select))] string text = "") => Same(text, query => query.Select(select));

    private void Query<T>(Func<IQueryable<Event<Parted>>, IQueryable<T>> query, [CallerArgumentExpression(nameof(query))] string text = "") => Same(text, query);

    private void Same<T>(string text, Func<IQueryable<Event<Parted>>, IQueryable<T>> query)
    {
        try
        {
            var (found, expected) = (Texts(query(_stored)), Texts(query(_memory)));
            if (found != expected)
            {
                _wrong.Add($"{text}: {found} instead of {expected}");
            }
        }
        catch (InvalidOperationException error) when (error.Message.Contains("could not be translated", StringComparison.Ordinal))
        {
            _refused.Add(text);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _wrong.Add($"{text}: {error.GetType().Name}: {error.Message.Split('\n')[0]}");
        }
    }

    // Decimals are as long as the database makes them.
    private static string Texts<T>(IQueryable<T> items) => string.Join("; ", items.AsEnumerable().Select(item => item is decimal number ? JsonSerializer.Serialize(number / 1.0000000000000000000000000000m) : JsonSerializer.Serialize(item).Replace(".0}", "}", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}

public sealed class EventPartTestsOnSqlite() : EventPartTests(DatabaseServer.Sqlite);

public sealed class EventPartTestsOnPostgres() : EventPartTests(DatabaseServer.Postgres);

#pragma warning disable MA0132 // Queries are written so.
using Microsoft.EntityFrameworkCore;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily by 1h", "minute: 1m"])]
public partial record Charge(
    [SeriesKey] Guid Account, [SeriesKey] DateTimeOffset Due, [SeriesKey] DateOnly Valid, [SeriesKey] TimeSpan Took, [SeriesKey] decimal Price, [SeriesKey] double Weight, [SeriesKey] float Share,
    [SeriesKey] ulong Serial, [SeriesKey] int Whole, [SeriesTime] DateTimeOffset At);

/// <summary>Rows of series beside the clock, an application's own entities and the constants of a query: they compare as in memory, or an exception says why not.</summary>
public abstract class RowQueryTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly Guid[] s_accounts = [.. Enumerable.Range(0, 3).Select(n => new Guid(n + 0xabc, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))];

    private bool OnSqlite => ReferenceEquals(Server, DatabaseServer.Sqlite);

    [Fact]
    public async Task The_clock()
    {
        await using var db = await FilledAsync(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow.AddDays(3));
        var rows = Charge.In(db).Minute.AsQueryable();
        var days = 2;

        Assert.Equal([0], await rows.Where(r => r.Due < DateTime.UtcNow).Select(r => r.Whole).ToListAsync());
        Assert.Equal([0], await rows.Where(r => r.Due <= DateTime.Now).Select(r => r.Whole).ToListAsync());
        Assert.Equal([2], await rows.Where(r => r.Due > DateTime.UtcNow.AddDays(2)).Select(r => r.Whole).ToListAsync());
        Assert.Equal([2], await rows.Where(r => r.Due > DateTime.Today.AddDays(2)).Select(r => r.Whole).ToListAsync());
        Assert.Equal([0], await rows.Where(r => r.Bucket < DateTimeOffset.UtcNow).Select(r => r.Whole).ToListAsync());
        Assert.Equal([1, 2], await rows.Where(r => DateTimeOffset.UtcNow < r.Due).OrderBy(r => r.Whole).Select(r => r.Whole).ToListAsync());
        Assert.Equal([2], await rows.Where(r => r.Due > DateTimeOffset.UtcNow.AddDays(days).AddMinutes(-1.5)).Select(r => r.Whole).ToListAsync());
        Assert.Equal([false, true, true], await rows.OrderBy(r => r.Whole).Select(r => (DateTimeOffset?)r.Due >= DateTimeOffset.UtcNow.AddSeconds(1)).ToListAsync());
        Assert.Equal([1], await rows.GroupBy(r => r.Whole).Where(g => g.Max(r => r.Due) < DateTimeOffset.UtcNow.AddDays(1) && g.Min(r => r.Due) > DateTimeOffset.UtcNow).Select(g => g.Key).ToListAsync());
        Assert.Equal(0, await rows.CountAsync(r => r.Due == DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Columns_of_entities()
    {
        await using var db = await FilledAsync(Noon, Noon.AddHours(1), Noon.AddHours(2).AddTicks(10));
        var rows = Charge.In(db).Minute.AsQueryable();

        await JoinedAsync(rows.Join(db.Bills, r => r.Account, b => b.Account, (r, b) => new Pair(r.Whole, b.Id)));
        await JoinedAsync(rows.Join(db.Bills, r => r.Due, b => b.Due, (r, b) => new Pair(r.Whole, b.Id)));
        await JoinedAsync(rows.Join(db.Bills, r => r.Due, b => b.Opened, (r, b) => new Pair(r.Whole, b.Id)));
        await JoinedAsync(rows.Join(db.Bills, r => (DateTimeOffset?)r.Due, b => b.Closed, (r, b) => new Pair(r.Whole, b.Id)));
        await JoinedAsync(rows.Join(db.Bills, r => r.Took, b => b.Took, (r, b) => new Pair(r.Whole, b.Id)));
        await JoinedAsync(rows.Join(db.Bills, r => r.Price, b => b.Price, (r, b) => new Pair(r.Whole, b.Id)));
        await JoinedAsync(rows.Join(db.Bills, r => r.Price, b => b.Id, (r, b) => new Pair(r.Whole, b.Id)));
        Assert.Equal([1, 2], await db.Bills.Where(b => rows.Any(r => r.Due < b.Opened)).OrderBy(b => b.Id).Select(b => b.Id).ToListAsync());
        Assert.Equal([2], await rows.Where(r => db.Bills.Where(b => b.Id == 2).Select(b => b.Account).Contains(r.Account)).Select(r => r.Whole).ToListAsync());
        Assert.Equal([0, 1], await rows.Where(r => !db.Bills.Any(b => b.Opened == r.Due && b.Id == 2)).OrderBy(r => r.Whole).Select(r => r.Whole).ToListAsync());
        Assert.Equal(3, await rows.CountAsync(r => r.Price == r.Whole && (int)r.Price == r.Whole));

        static async Task JoinedAsync(IQueryable<Pair> pairs) => Assert.Equal([new(0, 0), new(1, 1), new(2, 2)], (await pairs.ToListAsync()).OrderBy(pair => pair.Row));
    }

    // SQLite has them in two forms, and EF reads one.
    [Fact]
    public async Task Rows_and_entities_are_one_list_where_they_have_one_form()
    {
        await using var db = await FilledAsync(Noon, Noon.AddHours(1), Noon.AddHours(2));
        var rows = Charge.In(db).Minute.AsQueryable();

        await OneListAsync(rows.Select(r => r.Due).Concat(db.Bills.Select(b => b.Due)), Noon, 2);
        await OneListAsync(rows.Select(r => r.Account).Concat(db.Bills.Select(b => b.Account)), s_accounts[0], 2);
        await OneListAsync(db.Bills.Select(b => b.Took).Concat(rows.Select(r => r.Took)), TimeSpan.Zero, 2);
        await OneListAsync(db.Bills.LeftJoin(rows.Where(r => r.Whole > 0), b => b.Id, r => r.Whole, (b, r) => (DateTimeOffset?)r!.Due ?? b.Due), Noon, 1);
        await OneListAsync(db.Bills.LeftJoin(rows.Where(r => r.Whole > 0), b => b.Id, r => r.Whole, (b, r) => (Guid?)r!.Account ?? b.Account), s_accounts[0], 1);
        await OneListAsync(db.Bills.Join(rows, b => b.Id, r => r.Whole, (b, r) => b.Id > 0 ? r.Account : b.Account), s_accounts[0], 1);

        // What has one form is united, and chosen.
        Assert.Equal(6, await rows.Select(r => r.Due).Concat(rows.Select(r => r.Bucket)).CountAsync(time => time >= Noon.AddMinutes(-1)));
        Assert.Equal(6, await rows.Select(r => r.Price).Concat(db.Bills.Select(b => b.Price)).CountAsync());
        Assert.Equal([Noon.AddDays(1), Noon.AddHours(1), Noon.AddHours(2)], await rows.OrderBy(r => r.Whole).Select(r => r.Whole > 0 ? r.Due : Noon.AddDays(1)).ToListAsync());
        Assert.Equal([null, Noon.AddHours(1), Noon.AddHours(2)], await rows.OrderBy(r => r.Whole).Select(r => r.Whole > 0 ? (DateTimeOffset?)r.Due : null).ToListAsync());
        Assert.Equal([s_accounts[0], null, null], await db.Bills.LeftJoin(rows.Where(r => r.Whole == 0), b => b.Id, r => r.Whole, (b, r) => new { b.Id, Account = (Guid?)r!.Account }).OrderBy(x => x.Id).Select(x => x.Account).ToListAsync());

        async Task OneListAsync<T>(IQueryable<T> query, T first, int count)
        {
            var (list, error) = (new List<T>(), await Record.ExceptionAsync(async () => Assert.Equal(count, (await query.ToListAsync()).Count(value => Equals(value, first)))));
            Assert.Equal(OnSqlite, error is InvalidOperationException { Message: { } message } && message.Contains("in memory", StringComparison.Ordinal));
            Assert.True(error is null or InvalidOperationException, error?.ToString());
        }
    }

    [Fact]
    public async Task Texts_of_values()
    {
        await using var db = await FilledAsync(Noon, Noon.AddHours(1), Noon.AddHours(2));
        var rows = Charge.In(db).Minute.AsQueryable();

        Assert.Equal(s_accounts.Select(account => account.ToString()), await rows.OrderBy(r => r.Whole).Select(r => r.Account.ToString()).ToListAsync());
        Assert.Equal([1], await rows.Where(r => r.Account.ToString().StartsWith("00000abd-")).Select(r => r.Whole).ToListAsync());
        Assert.Equal([1], await rows.Where(r => "id " + r.Account == $"id {s_accounts[1]}").Select(r => r.Whole).ToListAsync());
        if (OnSqlite)
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => rows.Where(r => ("at " + r.Bucket).StartsWith("at 2026")).CountAsync());
            Assert.Contains("make texts of them in memory", refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidOperationException>(() => rows.Where(r => r.Took.ToString() == "").CountAsync());
        }
    }

    [Fact]
    public async Task Constants()
    {
        await using var db = await FilledAsync(Noon, Noon.AddHours(1), DateTimeOffset.MaxValue);
        var (rows, most) = (Charge.In(db).Minute.AsQueryable(), DateTimeOffset.MaxValue);

        Assert.Equal(3, await rows.CountAsync(r => r.Share == 0.1f));
        Assert.Equal(3, await rows.CountAsync(r => r.Share > 0.1));
        Assert.Equal(3, await rows.CountAsync(r => r.Weight == 1e-300 && r.Weight < 1.0000000000000002e-300));
        Assert.Equal([0.2f], await rows.Select(r => r.Share + 0.1f).Distinct().ToListAsync());
        Assert.Equal(1, await rows.CountAsync(r => r.Took == new TimeSpan(-30, -1, 0, 0, 0, -5)));
        Assert.Equal(2, await rows.CountAsync(r => r.Took > new TimeSpan(-30, -1, 0, 0, 0, -4)));
        Assert.Equal(1, await rows.CountAsync(r => r.Took + TimeSpan.FromTicks(50) == new TimeSpan(-30, -1, 0, 0)));
        Assert.Equal(1, await rows.CountAsync(r => r.Due == DateTimeOffset.MaxValue));
        Assert.Equal(1, await rows.CountAsync(r => r.Due == most));
        Assert.Equal(3, await rows.CountAsync(r => r.Serial <= long.MaxValue));
        var beyond = await Record.ExceptionAsync(() => rows.CountAsync(r => r.Serial < ulong.MaxValue));
        Assert.Contains("Series hold no ulong beyond", beyond!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_of_buckets_without_slots()
    {
        await using var db = await FilledAsync(Noon, Noon.AddHours(1), Noon.AddHours(2));
        var rows = Charge.In(db).Minute.AsQueryable();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => rows.Select(r => r.Slot).ToListAsync());
        Assert.Contains("The interval 'minute' has buckets without slots", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Bills.Select(b => rows.Select(r => new { r.Whole, r.Slot }).First()).ToListAsync());
        Assert.Equal([Noon.AddMinutes(-34).AddSeconds(-56)], await Charge.In(db).Day.AsQueryable().Where(r => r.Whole == 0).Select(r => r.Slot).ToListAsync());
        Assert.Equal(3, (await rows.ToListAsync()).Count);
    }

    /// <summary>The last time whose day has an end.</summary>
    private static readonly DateTimeOffset s_last = new(9999, 12, 30, 23, 59, 59, TimeSpan.Zero);

    private async Task<Own> FilledAsync(params DateTimeOffset[] times)
    {
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        var db = new Own(options.UseTyped().Options);
        await db.Database.EnsureCreatedAsync();
        await Charge.In(db).InsertAsync(times.Select((time, n) => new Charge(
            s_accounts[n], time, DateOnly.FromDateTime(time.UtcDateTime), n == 2 ? new TimeSpan(-30, -1, 0, 0, 0, -5) : TimeSpan.FromHours(n * 10), n, 1e-300, 0.1f, n == 2 ? long.MaxValue : (ulong)n, n, time < s_last ? time : s_last)));
        db.Bills.AddRange(times.Select((time, n) => new Bill
        {
            Id = n, Account = s_accounts[n], Opened = time.UtcDateTime, Closed = time.UtcDateTime, Due = time, Took = n == 2 ? new TimeSpan(-30, -1, 0, 0, 0, -5) : TimeSpan.FromHours(n * 10), Price = n,
        }));
        await db.SaveChangesAsync();
        return db;
    }

    private sealed record Pair(int Row, int Bill);

    public class Bill
    {
        public int Id { get; set; }

        public Guid Account { get; set; }

        public DateTime Opened { get; set; }

        public DateTime? Closed { get; set; }

        public DateTimeOffset Due { get; set; }

        public TimeSpan Took { get; set; }

        public decimal Price { get; set; }
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Series<Charge, Charge.Key, long>()];
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        public DbSet<Bill> Bills => Set<Bill>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Bill>().Property(bill => bill.Id).ValueGeneratedNever();
            modelBuilder.AddTyped(new Chosen());
        }
    }
}

public sealed class RowQueryTestsOnSqlite() : RowQueryTests(DatabaseServer.Sqlite);

public sealed class RowQueryTestsOnPostgres() : RowQueryTests(DatabaseServer.Postgres);

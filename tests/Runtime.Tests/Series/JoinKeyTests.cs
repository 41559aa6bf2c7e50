#pragma warning disable MA0132 // Queries are written so.
using Microsoft.EntityFrameworkCore;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily"])]
public partial record Walk([SeriesKey] string Route, [SeriesKey] int Number, [SeriesTime] DateTimeOffset At);

[EventStream]
public partial record Walked(string Route, int Number, DateTimeOffset At, DateTimeOffset? Maybe);

/// <summary>Joins by several values: every part of a key counts, or the query is refused. EF Core alone leaves out the part that it cannot translate.</summary>
public abstract class JoinKeyTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Days = 20;

    [Fact]
    public async Task Times_moved_by_a_span_are_parts_of_keys()
    {
        await using var db = await FilledAsync();
        var rows = Walk.In(db).Day.AsQueryable();
        var (week, half) = (7, 0.5);

        await CountAsync(Days - 7, rows.Join(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddDays(7), p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 7, rows.Join(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddDays(week), p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 7, rows.Join(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddHours(7 * 24), p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 7, rows.Join(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddMinutes(6 * 24 * 60).AddSeconds(86_400), p.Route }, (r, p) => new { r, p }));
        await CountAsync(0, rows.Join(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddDays(half), p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 1, rows.Join(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddMilliseconds(86_400_000), p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.LeftJoin(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddDays(7), p.Route }, (r, p) => new { r.Number, Other = (int?)p!.Number }));
        Assert.Equal(7, await rows.LeftJoin(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddDays(7), p.Route }, (r, p) => new { r.Number, Other = (int?)p!.Number }).CountAsync(x => x.Other == null));
        await CountAsync(Days, rows.RightJoin(rows, r => new { r.Bucket, r.Route }, p => new { Bucket = p.Bucket.AddDays(7), p.Route }, (r, p) => new { Number = (int?)r!.Number, Other = p.Number }));
        await CountAsync(Days - 7, from r in rows join p in rows on new { r.Bucket, r.Route } equals new { Bucket = p.Bucket.AddDays(7), p.Route } into earlier from p in earlier select new { r.Number, Other = p.Number });
        await CountAsync(Days, from r in rows join p in rows on new { r.Bucket, r.Route } equals new { Bucket = p.Bucket.AddDays(7), p.Route } into earlier from p in earlier.DefaultIfEmpty() select new { r.Number, Other = (int?)p.Number });
    }

    [Fact]
    public async Task Differences_of_times_of_rows()
    {
        await using var db = await FilledAsync();
        var rows = Walk.In(db).Day.AsQueryable();
        var (start, week) = (new DateTimeOffset(Noon.Date, TimeSpan.Zero), TimeSpan.FromDays(7));

        Assert.Equal(Days - 8, await rows.CountAsync(r => r.Bucket - start > week));
        Assert.Equal(1, await rows.CountAsync(r => r.Bucket - start == TimeSpan.FromDays(3)));
        await CountAsync(Days - 7, rows.Join(rows, r => r.Route, p => p.Route, (r, p) => new { r, p }).Where(x => x.r.Bucket - x.p.Bucket == week));
        await CountAsync(Days, rows.Join(rows, r => new { r.Route, Since = r.Bucket - start }, p => new { p.Route, Since = p.Bucket - start }, (r, p) => new { r, p }));
    }

    [Fact]
    public async Task Times_of_events_too()
    {
        await using var db = await FilledAsync();
        var events = Walked.In(db).AsQueryable();

        await CountAsync(Days - 7, events.Join(events, r => new { r.Body.At, r.Body.Route }, p => new { At = p.Body.At.AddDays(7), p.Body.Route }, (r, p) => new { r.Body.Number, Other = p.Body.Number }));
        await CountAsync(Days - 7, events.Join(events, r => new { r.Time, r.Body.Route }, p => new { Time = p.Time.AddDays(7), p.Body.Route }, (r, p) => new { r.Body.Number, Other = p.Body.Number }));
        await CountAsync(Days - 7, events.Join(events, r => new { At = r.Time, r.Body.Route }, p => new { At = p.Body.At.AddDays(7), p.Body.Route }, (r, p) => new { r.Body.Number, Other = p.Body.Number }));
        Assert.Equal(3, await events.CountAsync(e => e.Body.At.AddHours(1) > Noon.AddDays(Days - 3)));
        Assert.Equal(3, await events.CountAsync(e => e.Time.AddHours(1) > Noon.AddDays(Days - 3)));
        Assert.Equal(0, await events.CountAsync(e => e.Body.Maybe!.Value.AddHours(1) > Noon));
        Assert.Equal(Days, await events.GroupBy(e => e.Time.AddHours(2).Date).CountAsync());
        Assert.Equal(Days, await events.GroupBy(e => e.Body.At.AddHours(2).Date).CountAsync());
    }

    [Fact]
    public async Task What_does_not_translate_is_refused_in_every_join()
    {
        await using var db = await FilledAsync();
        var rows = Walk.In(db).Day.AsQueryable();
        var events = Walked.In(db).AsQueryable();

        await RefusedAsync(rows.Join(rows, r => new { r.Number, r.Route }, p => new { Number = Doubled(p.Number), p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(rows.Join(rows, r => new { Number = Doubled(r.Number), r.Route }, p => new { p.Number, p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(rows.LeftJoin(rows, r => new { r.Number, r.Route }, p => new { Number = Doubled(p.Number), p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(rows.RightJoin(rows, r => new { r.Number, r.Route }, p => new { Number = Doubled(p.Number), p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(rows.GroupJoin(rows, r => new { r.Number, r.Route }, p => new { Number = Doubled(p.Number), p.Route }, (r, all) => new { r, all }).SelectMany(x => x.all.DefaultIfEmpty(), (x, p) => new { x.r, p }));
        await RefusedAsync(rows.Join(rows, r => new { Second = r.Bucket.ToUnixTimeSeconds(), r.Route }, p => new { Second = Seconds(p.Bucket), p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(events.Join(events, r => new { r.Body.Number, r.Body.Route }, p => new { Number = Doubled(p.Body.Number), p.Body.Route }, (r, p) => new { r, p }));
        await RefusedAsync(events.Join(db.Notes, r => new { r.Body.Number, r.Body.Route }, p => new { Number = Doubled(p.Id), p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(rows.Join(rows, r => new { K = new { r.Number }, r.Route }, p => new { K = new { Number = Doubled(p.Number) }, p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(events.LeftJoin(events, r => new { K = new { r.Body.Number, X = 1 }, r.Body.Route }, p => new { K = new { p.Body.Number, X = 1 }, p.Body.Route }, (r, p) => new { r.Id, Other = (Guid?)p!.Id }));
        await RefusedAsync(events.LeftJoin(events, r => new { r.Body.Number, r.Body.Route }, p => new { Number = Doubled(p.Body.Number), p.Body.Route }, (r, p) => new { r.Id, Other = (Guid?)p!.Id }));
    }

    [Fact]
    public async Task What_translates_is_as_it_was()
    {
        await using var db = await FilledAsync();
        var rows = Walk.In(db).Day.AsQueryable();
        var one = 1;

        await CountAsync(Days, rows.Join(rows, r => new { r.Number, r.Route }, p => new { p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 1, rows.Join(rows, r => new { r.Number, r.Route, X = 1 }, p => new { Number = p.Number + one, Route = p.Route.Trim(), X = one }, (r, p) => new { r, p }));
        await CountAsync(1, rows.Join(db.Notes, r => new { r.Number, r.Route }, p => new { Number = p.Id, p.Route }, (r, p) => new { r, p }));
        await CountAsync(1, rows.Where(r => db.Notes.Join(rows, n => new { n.Id, n.Route }, p => new { Id = p.Number, p.Route }, (n, p) => p.Number).Contains(r.Number)));
        Assert.DoesNotContain("typed_join_key", rows.Join(rows, r => new { r.Number, r.Route }, p => new { p.Number, p.Route }, (r, p) => new { r, p }).ToQueryString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Casts_are_parts_of_keys()
    {
        await using var db = await FilledAsync();
        var rows = Walk.In(db).Day.AsQueryable();
        var events = Walked.In(db).AsQueryable();

        await CountAsync(Days, rows.Join(rows, r => new { Value = (long)r.Number, r.Route }, p => new { Value = (long)p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.Join(rows, r => new { Value = (long)r.Number, r.Route }, p => new { Value = p.Value * p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 1, rows.Join(rows, r => new { Value = (long)r.Number, r.Route }, p => new { Value = (long)p.Number + 1, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days - 1, rows.Join(rows, r => new { Value = (long)r.Number, r.Route }, p => new { Value = (long)(p.Number + 1), p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.Join(rows, r => new { Value = (double)r.Number, r.Route }, p => new { Value = (double)p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.Join(rows, r => new { Value = (decimal)r.Number, r.Route }, p => new { Value = (decimal)p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.Join(rows, r => new { Value = (int?)r.Number, r.Route }, p => new { Value = (int?)p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.Join(rows, r => new { Value = (short)r.Number, r.Route }, p => new { Value = (short)p.Number, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, rows.LeftJoin(rows, r => new { Value = (long?)r.Number, r.Route }, p => new { Value = (long?)p.Number + 7, p.Route }, (r, p) => new { r.Number, Other = (int?)p!.Number }));
        await CountAsync(1, rows.Join(db.Notes, r => new { Value = (long)r.Number, r.Route }, p => new { Value = (long)p.Id, p.Route }, (r, p) => new { r, p }));
        await CountAsync(Days, events.Join(events, r => new { Value = (long)r.Body.Number, r.Body.Route }, p => new { Value = (long)p.Body.Number, p.Body.Route }, (r, p) => new { r.Body.Number, Other = p.Body.Number }));
        await CountAsync(Days, events.Join(rows, r => new { Value = (long)r.Body.Number, r.Body.Route }, p => new { Value = (long)p.Number, p.Route }, (r, p) => new { r.Body.Number, Other = p.Number }));
    }

    /// <summary>EF takes no key inside a key apart, whatever its parts.</summary>
    [Fact]
    public async Task Keys_inside_keys_are_refused()
    {
        await using var db = await FilledAsync();
        var rows = Walk.In(db).Day.AsQueryable();

        await RefusedAsync(rows.Join(rows, r => new { K = new { r.Number }, r.Route }, p => new { K = new { p.Number }, p.Route }, (r, p) => new { r, p }));
        await RefusedAsync(rows.Join(rows, r => new { K = new { Value = (long)r.Number }, r.Route }, p => new { K = new { Value = (long)p.Number }, p.Route }, (r, p) => new { r, p }));
    }

    private static int Doubled(int number) => 2 * number;

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private static async Task CountAsync<T>(int expected, IQueryable<T> query) => Assert.Equal(expected, (await query.ToListAsync()).Count);

    private static async Task RefusedAsync<T>(IQueryable<T> query)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => query.ToListAsync());
        Assert.Contains("could not be translated", error.Message, StringComparison.Ordinal);
    }

    private async Task<Own> FilledAsync()
    {
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        var db = new Own(options.UseTyped().Options);
        await db.Database.EnsureCreatedAsync();
        await Walk.In(db).InsertAsync(Enumerable.Range(0, Days).Select(n => new Walk("a", n, Noon.AddDays(n))));
        await Walked.In(db).PutAsync(Enumerable.Range(0, Days).Select(n => (new Walked("a", n, Noon.AddDays(n).ToOffset(TimeSpan.FromHours(2)), null), Noon.AddDays(n))));
        db.Notes.Add(new() { Id = 3, Route = "a" });
        await db.SaveChangesAsync();
        return db;
    }

    public class Note
    {
        public int Id { get; set; }

        public string Route { get; set; } = "";
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Series<Walk, Walk.Key, long>(), Generated.Declarations.Stream<Walked>()];
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Note>().Property(note => note.Id).ValueGeneratedNever();
            modelBuilder.AddTyped(new Chosen());
        }
    }
}

public sealed class JoinKeyTestsOnSqlite() : JoinKeyTests(DatabaseServer.Sqlite);

public sealed class JoinKeyTestsOnPostgres() : JoinKeyTests(DatabaseServer.Postgres);

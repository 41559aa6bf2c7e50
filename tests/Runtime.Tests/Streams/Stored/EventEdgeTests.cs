using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132, MA0133 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream]
public partial record Edged(int N, decimal Price, double Weight, float Share, decimal? MaybePrice)
{
    public DateTimeOffset At { get; init; }

    public DateTime Made { get; init; }

    public DateTimeOffset? MaybeAt { get; init; }
}

/// <summary>Numbers that are cut off, dates without a kind, and the ends of time.</summary>
public abstract class EventEdgeTests(DatabaseServer server) : QueryMatrix<Edged>(server)
{
    private static readonly DateTime s_first = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
    private static readonly string[] s_older = ["""{"n": 0, "price": 1.5, "weight": 2.5, "share": 0.75}"""];

    private static readonly Edged[] s_bodies =
    [
        new(0, 1.5m, 2.5, 0.75f, null) { Made = s_first },
        new(1, -1.5m, -2.5, -0.75f, 2.9m) { Made = s_first },
        new(2, 2.99m, 1e10 + 0.9, 3, -2.9m) { At = Noon, Made = Noon.UtcDateTime, MaybeAt = DateTimeOffset.MinValue },
        new(3, 3, 3, 3, 3) { At = Noon.AddHours(13).ToOffset(TimeSpan.FromHours(5)), Made = Noon.AddHours(13).UtcDateTime },
    ];

    [Fact]
    public Task Casts() => RunAsync(s_bodies, s_older, () =>
    {
        Same(events => events.Select(e => new { e.Body.N, Price = (long)e.Body.Price, Weight = (long)e.Body.Weight, Share = (int)e.Body.Share }));
        Same(events => events.Select(e => new { e.Body.N, Maybe = (int?)e.Body.MaybePrice }));
        Same(events => events.Where(e => (int)e.Body.Price == 1 || (short)e.Body.Share == 0).Select(e => e.Body.N));
        Same(events => events.GroupBy(e => (long)e.Body.Price).Select(g => new { g.Key, Count = g.Count() }));
    });

    [Fact]
    public Task Dates() => RunAsync(s_bodies, s_older, () =>
    {
        foreach (var kind in new[] { DateTimeKind.Unspecified, DateTimeKind.Utc })
        {
            var (day, time) = (DateTime.SpecifyKind(Noon.UtcDateTime.Date, kind), DateTime.SpecifyKind(Noon.UtcDateTime, kind));
            Same(events => events.Where(e => e.Body.At.UtcDateTime.Date == day).Select(e => e.Body.N));
            Same(events => events.Where(e => e.Body.Made == time).Select(e => e.Body.N));
            Same(events => events.Where(e => e.Body.Made.Date == day).Select(e => e.Body.N));
            Same(events => events.Where(e => e.Time.Date == day).Select(e => e.Body.N));
            Same(events => events.Where(e => e.Time.UtcDateTime.Date == day).Select(e => e.Body.N));
            if (!OnSqlite)
            {
                Same(events => events.Where(e => e.Body.At.UtcDateTime >= time || e.Time.UtcDateTime == time).Select(e => e.Body.N));
            }
        }
    });

    [Fact]
    public Task Ends_of_time() => RunAsync(s_bodies, s_older, () =>
    {
        var (first, moment) = (DateTimeOffset.MinValue, DateTime.MinValue);
        Same(events => events.Where(e => e.Body.At == DateTimeOffset.MinValue).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.At == default).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.At == first).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Made == moment && e.Body.At <= first).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.MaybeAt == first).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.At > first && e.Body.At < DateTimeOffset.MaxValue).Select(e => e.Body.N));
        Same(events => events.GroupBy(e => e.Body.At).Select(g => g.Count()));
        Same(events => events.Join(events, e => e.Body.At, e => e.Body.At, (a, b) => new { A = a.Body.N, B = b.Body.N }));
    });
}

public sealed class EventEdgeTestsOnSqlite() : EventEdgeTests(DatabaseServer.Sqlite);

public sealed class EventEdgeTestsOnPostgres() : EventEdgeTests(DatabaseServer.Postgres);

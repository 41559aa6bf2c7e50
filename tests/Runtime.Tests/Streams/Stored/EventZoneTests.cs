using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream]
public partial record Unzoned(int Number, DateTime Made, DateTime? Maybe);

/// <summary>The zone of the machine changes nothing: a time without a kind is one in UTC where events are compared with it. Events themselves hold times in UTC only.</summary>
public abstract class EventZoneTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly DateTime s_plain = new(2026, 3, 21, 23, 30, 0, DateTimeKind.Unspecified);
    private static readonly DateTime s_utc = DateTime.SpecifyKind(s_plain, DateTimeKind.Utc);

    [Fact]
    public async Task Times_without_a_kind_are_in_UTC()
    {
        await using var store = await OpenAsync<Unzoned>();
        await Unzoned.In(store).PutAsync([new(0, s_utc, null), new(1, s_utc, s_utc), new(2, s_utc, s_utc), new(3, s_utc.AddHours(1), s_utc.AddHours(1))]);
        await using var db = store.CreateDbContext();
        var events = Unzoned.In(db).AsQueryable();

        foreach (var same in new[] { s_plain, s_utc, s_utc.ToLocalTime() })
        {
            var list = new[] { same, same.AddDays(3) };
            Assert.Equal([0, 1, 2], await events.Where(e => e.Body.Made == same).Select(e => e.Body.Number).Order().ToListAsync());
            Assert.Equal([3], await events.Where(e => e.Body.Made > same).Select(e => e.Body.Number).ToListAsync());
            Assert.Equal([0, 1, 2], await events.Where(e => e.Body.Made < same.AddMinutes(1)).Select(e => e.Body.Number).Order().ToListAsync());
            Assert.Equal([1, 2], await events.Where(e => e.Body.Maybe == same).Select(e => e.Body.Number).Order().ToListAsync());
            Assert.Equal([0, 1, 2], await events.Where(e => list.Contains(e.Body.Made)).Select(e => e.Body.Number).Order().ToListAsync());
        }

        Assert.Equal([0, 1, 2], await events.Where(e => e.Body.Made == new DateTime(2026, 3, 21, 23, 30, 0)).Select(e => e.Body.Number).Order().ToListAsync());
        Assert.Equal(1, await events.CountAsync(e => e.Body.Made.Date == new DateTime(2026, 3, 22)));
    }
}

public sealed class EventZoneTestsOnSqlite() : EventZoneTests(DatabaseServer.Sqlite);

public sealed class EventZoneTestsOnPostgres() : EventZoneTests(DatabaseServer.Postgres);

/// <summary>The same on machines that are not in UTC: in a process of its own, since a zone is a machine's.</summary>
public sealed class OtherZoneTests
{
    [Theory]
    [InlineData("Pacific/Auckland")]
    [InlineData("America/Caracas")]
    public async Task On_a_machine_in(string zone)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The zone of a process is that of the machine here.");
        var assembly = typeof(OtherZoneTests).Assembly.GetName().Name!;
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), "-nocolor", "-class", typeof(EventZoneTestsOnSqlite).FullName!, "-class", typeof(EventZoneTestsOnPostgres).FullName!];
        using var child = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false, Environment = { ["TZ"] = zone } })!;
        var said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0 && said.Contains("Total: 2", StringComparison.Ordinal), said);
    }
}

using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Buckets as figures and charts, against what the library reads.</summary>
public abstract class SeriesTests(DatabaseServer server) : CliSuite(server)
{
    private const string LineChart = "dots";

    private static readonly DateTimeOffset s_noon = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Figures_of_a_histogram_are_those_of_the_library()
    {
        var now = DateTimeOffset.UtcNow;
        await using var store = await OpenAsync();
        foreach (var value in new[] { 1.5, 2.5, 2.5, 8.0, 100.0 })
        {
            await ResponseTime.In(store).InsertAsync("/home", value, now.AddHours(-2));
            await ResponseTime.In(store).InsertAsync("/cart", value * 2, now.AddHours(-2));
        }

        var day = ResponseTime.In(store).Day;
        var one = await day.For("/home").Last(2).CollapseAsync();
        var both = await day.For(["/home", "/cart"]).Last(2).CollapseAsync();
        var shown = (await DoAsync("stats", "response_time", "/home", "--interval", "day", "--json")).Json;
        var together = (await DoAsync("stats", "response_time", "--interval", "day", "--json")).Json;

        double Figure(IReadOnlyList<System.Text.Json.JsonElement> rows, string name) =>
            rows.Single(row => row.GetProperty("figure").GetString() == name).GetProperty("value").GetDouble();

        Assert.Equal((5, 114.5), (Figure(shown, "count"), Figure(shown, "sum")));
        Assert.Equal((one.Percentile(50), one.Percentile(95), one.Percentile(99)), (Figure(shown, "p50"), Figure(shown, "p95"), Figure(shown, "p99")));
        Assert.Equal((both.Percentile(50), both.Percentile(95)), (Figure(together, "p50"), Figure(together, "p95")));
        Assert.Equal((1.5, 200), (Figure(together, "min"), Figure(together, "max")));
        Assert.Equal(one.StandardDeviation()!.Value, Figure(shown, "stddev"), 9);
    }

    [Fact]
    public async Task Every_type_has_its_figures()
    {
        var hour = new DateTimeOffset(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        var article = Guid.Parse("11111111-2222-3333-4444-555555555555");
        await using (var store = await OpenAsync())
        {
            await Sales.In(store).InsertAsync(new("fr", 1), 10.25m, hour);
            await Sales.In(store).InsertAsync(new("de", 1), 1m, hour);
            await Stock.In(store).InsertAsync(article, 7, hour);
            await Stock.In(store).InsertAsync(article, 9, hour.AddMinutes(5));
            await Visitors.In(store).InsertAsync("a", hour);
            await Visitors.In(store).InsertAsync("b", hour);
            await Visitors.In(store).InsertAsync("a", hour);
            await Upload.In(store).InsertAsync("c", 10, hour);
            await Upload.In(store).InsertAsync("d", 20, hour);
            await Temperature.In(store).InsertAsync("roof", 20.5f, hour);
            await Temperature.In(store).InsertAsync("roof", 10.5f, hour.AddSeconds(5));
        }

        async Task<double> LastAsync(string series, string stat, params string[] more)
        {
            var row = (await DoAsync(["show", series, "--stat", stat, "--json", .. more])).Json[^1];
            return row.GetProperty(stat).GetDouble();
        }

        Assert.Equal(11.25, await LastAsync("sales", "sum", "--last", "1h", "--by", "1h"));
        Assert.Equal(10.25, await LastAsync("sales", "sum", "fr", "1"));
        Assert.Equal(9, await LastAsync("stock", "last", "--by", "1h", article.ToString()));
        Assert.Equal(2, await LastAsync("visitors", "count"));
        Assert.Equal((15, 5, 10, 20), (await LastAsync("upload", "mean"), await LastAsync("upload", "stddev"), await LastAsync("upload", "min"), await LastAsync("upload", "max")));
        Assert.Equal((10.5, 15.5), (await LastAsync("temperature", "last", "roof", "--by", "1h"), await LastAsync("temperature", "mean", "roof", "--by", "1h")));
    }

    [Fact]
    public async Task Buckets_merge_into_those_of_a_coarser_grid_and_empty_ones_are_there()
    {
        var hour = new DateTimeOffset(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        await using (var store = await OpenAsync())
        {
            await Hit.In(store).InsertAsync(at: hour.AddHours(-5));
            await Hit.In(store).InsertAsync(at: hour.AddHours(-5));
            await Hit.In(store).InsertAsync(at: hour.AddHours(-1));
        }

        var rows = (await DoAsync("show", "hit", "--interval", "hour", "--from", hour.AddHours(-6).ToString("O", CultureInfo.InvariantCulture), "--until", hour.ToString("O", CultureInfo.InvariantCulture), "--json")).Json;
        var daily = (await DoAsync("show", "hit", "--last", "30h", "--by", "daily", "--json")).Json;
        var refused = await RunAsync("show", "hit", "--by", "90m");

        Assert.Equal([0, 2, 0, 0, 0, 1, 0], rows.Select(row => row.GetProperty("sum").GetInt32()));
        Assert.Equal(3, daily.Sum(row => row.GetProperty("sum").GetInt32()));
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.StartsWith("error: --by '90m': no interval of hit has buckets that fit into these.", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_time", "heat", "@")]
    [InlineData("response_time", "line", LineChart)]
    [InlineData("sales", "bars", "█")]
    [InlineData("upload", "line", LineChart)]
    [InlineData("visitors", "bars", "█")]
    public async Task Charts(string series, string chart, string drawn)
    {
        var now = DateTimeOffset.UtcNow;
        await using (var store = await OpenAsync())
        {
            for (var hour = -20; hour <= 0; hour++)
            {
                await ResponseTime.In(store).InsertAsync("/", 20 + hour, now.AddHours(hour));
                await Sales.In(store).InsertAsync(new("fr", 1), 30 + hour, now.AddHours(hour));
                await Upload.In(store).InsertAsync("c", 500, now.AddHours(hour));
                await Visitors.In(store).InsertAsync("v" + hour, now);
            }
        }

        var result = await CliRun.RunAsync(["show", series, "--chart", chart, "--connection", Database.ConnectionString], isTerminal: true);

        Assert.Equal((ExitCodes.Done, ""), (result.ExitCode, result.Error));
        Assert.Contains(series, result.Lines[0], StringComparison.Ordinal);
        Assert.True(result.Lines.Count >= 15, result.Output);

        // A terminal that has colours gets them as backgrounds.
        var isColored = drawn == "@" && result.Output.Contains("48;", StringComparison.Ordinal);
        Assert.True(
            isColored || (drawn == LineChart ? result.Output.Any(c => c is > '\u2800' and <= '\u28FF') : result.Output.Contains(drawn, StringComparison.Ordinal)),
            result.Output);
    }

    [Fact]
    public async Task Dead_buckets_and_old_events_expire()
    {
        var now = DateTimeOffset.UtcNow;
        await using (var store = await OpenAsync())
        {
            await Visit.In(store).PutAsync(new Visit("/old", new Browser("x", 1), []), now.AddDays(-91));
            await Visit.In(store).PutAsync(new Visit("/new", new Browser("x", 1), []), now.AddDays(-89));
            await Temperature.In(store).InsertAsync("roof", 1, now);
        }

        await Database.ScalarAsync("update \"temperature_points\" set time = " + (Server == DatabaseServer.Sqlite ? "0" : "'1970-01-01'"));
        var doctor = await RunAsync("doctor");
        var dry = (await DoAsync("expire", "--dry-run", "--json")).Json;

        Assert.Equal(ExitCodes.Found, doctor.ExitCode);
        Assert.Contains("typed expire shop.visits", doctor.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (Of(dry, "temperature", "would_remove"), Of(dry, "shop.visits", "would_remove")));
        Assert.Equal(1, await Database.RowsAsync("temperature_points"));

        var done = (await DoAsync("expire", "--json")).Json;

        Assert.Equal((1, 1), (Of(done, "temperature", "removed"), Of(done, "shop.visits", "removed")));
        Assert.Equal((0, 1), (await Database.RowsAsync("temperature_points"), await Database.RowsAsync("shop_visits")));

        static int Of(IReadOnlyList<System.Text.Json.JsonElement> rows, string name, string column) =>
            rows.Where(row => row.GetProperty("name").GetString() == name).Sum(row => row.GetProperty(column).GetInt32());
    }

    // What is stored is anybody's text: no column breaks, and no terminal obeys it.
    [Fact]
    public async Task Keys_with_characters_that_do_something()
    {
        const string Odd = "a\tb\u001b[2Jc\nd[red]";
        await using (var store = await OpenAsync())
        {
            await Sales.In(store).InsertAsync(new(Odd, 1), 1m, s_noon);
        }

        var line = Assert.Single((await DoAsync("keys", "sales")).Lines);
        var shown = await CliRun.RunAsync(["keys", "sales", "--connection", Database.ConnectionString], isTerminal: true);

        Assert.Equal("a b [2Jc d[red]\t1\t2026-03-21T12:00:00Z\t2026-03-21T12:00:00Z\t1", line);
        Assert.Contains("a b [2Jc d[red]", shown.Output, StringComparison.Ordinal);
        Assert.Equal(Odd, Assert.Single((await DoAsync("keys", "sales", "--json")).Json).GetProperty("Country").GetString());
    }

    [Fact]
    public async Task Deleting_asks_and_deletes_what_was_asked_for()
    {
        await using (var store = await OpenAsync())
        {
            await Sales.In(store).InsertAsync(new("fr", 1), 1m, s_noon);
            await Sales.In(store).InsertAsync(new("fr", 11), 1m, s_noon);
            await Visit.In(store).PutAsync(new Visit("/", new Browser("x", 1), []), s_noon);
            await Visit.In(store).PutAsync(new Visit("/", new Browser("x", 1), []), s_noon.AddDays(1));
        }

        var unasked = await RunAsync("delete", "sales", "fr", "1");
        var no = await CliRun.RunAsync(["delete", "sales", "fr", "1", "-c", Database.ConnectionString], input: "n\n");
        Assert.Equal((ExitCodes.Usage, ExitCodes.Interrupted, 2), (unasked.ExitCode, no.ExitCode, await Database.RowsAsync("sales_hour")));

        var yes = await CliRun.RunAsync(["delete", "sales", "fr", "1", "-c", Database.ConnectionString], input: "y\n");
        Assert.Equal((ExitCodes.Done, "Delete fr 1 of sales in every interval? [y/N] 1 rows removed.\n"), (yes.ExitCode, yes.Error));
        Assert.Equal(["fr\t11\t2026-03-21T12:00:00Z\t2026-03-21T12:00:00Z\t1"], (await DoAsync("keys", "sales")).Lines);

        Assert.Equal(ExitCodes.Usage, (await RunAsync("delete", "shop.visits", "--yes")).ExitCode);
        await DoAsync("delete", "shop.visits", "--until", "2026-03-21T12:00:00", "--yes");
        Assert.Equal(1, await Database.RowsAsync("shop_visits"));
        await DoAsync("delete", "sales", "--all", "--yes");
        Assert.Equal(0, await Database.RowsAsync("sales_hour"));
        Assert.Equal(ExitCodes.Usage, (await RunAsync("delete", "sales", "fr", "--yes")).ExitCode);
    }

    [Fact]
    public async Task A_healthy_database_and_one_without_its_index()
    {
        await using (await OpenAsync())
        {
        }

        var healthy = await RunAsync("doctor", "--json");
        Assert.True(healthy.ExitCode == ExitCodes.Done, healthy.Output);

        // SQLite keeps the order of commits in the number of the row.
        const string Filter = " WHERE \"tx\" < '9223372036854775807'::xid8";
        var (index, missing) = Server == DatabaseServer.Sqlite
            ? ("IX_shop_orders_namespace_id", "unique index on namespace, id\tCREATE UNIQUE INDEX ON shop_orders (namespace, id): ")
            : ("IX_shop_orders_namespace_tx_id", $"index on namespace, tx, id\tCREATE INDEX ON shop_orders (namespace, tx, id){Filter}: ");
        await Database.ScalarAsync($"drop index \"{index}\"");
        await Database.ScalarAsync("drop table \"hit_hour\"");

        var ill = await RunAsync("doctor");

        Assert.Equal(ExitCodes.Found, ill.ExitCode);
        Assert.Contains($"shop_orders\thas no {missing}", ill.Output, StringComparison.Ordinal);
        Assert.Contains("hit_hour\tis in the catalog and not in the database", ill.Output, StringComparison.Ordinal);
    }
}

public sealed class SeriesTestsOnSqlite() : SeriesTests(DatabaseServer.Sqlite);

public sealed class SeriesTestsOnPostgres() : SeriesTests(DatabaseServer.Postgres)
{
    [Fact]
    public async Task A_table_most_of_whose_pages_are_free()
    {
        await using (await OpenAsync())
        {
        }

        await Database.ScalarAsync(
            "insert into hit_hour select timestamptz '2026-03-21 12:00Z' + n * interval '1 hour', 1 from generate_series(1, 800000) as n");
        await Database.ScalarAsync("delete from hit_hour where bucket < (select max(bucket) from hit_hour)");
        await Database.ScalarAsync("vacuum (truncate false) hit_hour");
        await Database.ScalarAsync("analyze hit_hour");

        var ill = await RunAsync("doctor");

        Assert.Matches(@"hit_hour\tabout [0-9.]+ MiB of its pages are free", ill.Output);
    }
}

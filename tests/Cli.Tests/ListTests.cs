using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>What lists and reads, against what a store was given.</summary>
public abstract class ListTests(DatabaseServer server) : CliSuite(server)
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 21, 12, 34, 56, TimeSpan.Zero);

    [Fact]
    public async Task Streams_and_namespaces()
    {
        await using (var store = await OpenAsync())
        {
            await Order.In(store).PutAsync(new Order(1, 9.5m), s_noon);
            await Order.In(store, "eu").PutAsync(new Order(2, 9.5m), s_noon.AddHours(1));
        }

        var streams = (await DoAsync("streams", "--json")).Json;
        var spaces = (await DoAsync("namespaces")).Lines;

        Assert.Equal(["shop.orders", "shop.payments", "shop.visits"], streams.Select(one => one.GetProperty("stream").GetString()));
        Assert.Equal((2, 2), (streams[0].GetProperty("namespaces").GetInt32(), streams[0].GetProperty("events").GetInt32()));
        Assert.Equal("2026-03-21T12:34:56Z", streams[0].GetProperty("first").GetString());
        Assert.Equal("2026-03-21T13:34:56Z", streams[0].GetProperty("last").GetString());
        Assert.Equal((0, "90d"), (streams[2].GetProperty("events").GetInt32(), streams[2].GetProperty("retain").GetString()));
        Assert.Equal(["default\tshop.orders\t1\t2026-03-21T12:34:56Z\t2026-03-21T12:34:56Z", "eu\tshop.orders\t1\t2026-03-21T13:34:56Z\t2026-03-21T13:34:56Z"], spaces);
        Assert.Equal(["shop.orders\t1\t1\t2026-03-21T13:34:56Z\t2026-03-21T13:34:56Z\t"], (await DoAsync("streams", "--namespace", "eu")).Lines);
    }

    [Fact]
    public async Task Series_as_they_were_declared()
    {
        await using (await OpenAsync())
        {
        }

        var series = (await DoAsync("series")).Lines;

        Assert.Equal(
            [
                "hit\tCount\t\tValue Int64\thour: 1h keep 48, month: monthly in Europe/Paris",
                "re_gauge\tGauge\tName String\tValue TimeSpan\tday: daily by 1h in Europe/Paris, hour: 1h, minute: 1m, week: weekly",
                "re_histogram\tHistogram\tKey Guid\tValue Int32\tday: daily by 1h in Europe/Paris, hour: 1h, minute: 1m, week: weekly",
                "re_keys\tCount\tFlag Boolean, Small Int16, Large Int64, Id Guid, Since DateTimeOffset, Day DateOnly, Hour TimeOnly, Span TimeSpan, "
                    + "Weekday enum of Int32, Name String\tPieces Int64\thour: 1h, minute: 1m",
                "re_set\tSet\tName String\tValue String\tday: daily by 1h in Europe/Paris, hour: 1h, minute: 1m, week: weekly",
                "re_summary\tSummary\tName String\tValue Double\tday: daily by 1h in Europe/Paris, hour: 1h, minute: 1m, week: weekly",
                "re_total\tCount\t\tPieces Int64\tday: daily by 1h in Europe/Paris, hour: 1h, minute: 1m, week: weekly",
                "response_time\tHistogram\tRoute String\tMilliseconds Double\tday: daily by 1h keep 90, minute: 1m keep 240",
                "sales\tCount\tCountry String, Shop Int32\tAmount Decimal\thour: 1h",
                "stock\tGauge\tArticle Guid\tPieces Int64\tday: daily by 1h",
                "temperature\tSeries\tSensor String\tCelsius Single\thour: 1h keep 48, day: daily keep 30",
                "turnover\tCount\tCountry String, Shop Int32\tAmount Decimal\tday: daily by 1h in Europe/Paris, hour: 1h, minute: 1m, week: weekly",
                "upload\tSummary\tClient String\tBytes Int64\thour: 1h",
                "visitors\tSet\t\tName String\tmonth: monthly",
            ],
            series);
    }

    [Fact]
    public async Task Events_of_a_range_in_both_directions()
    {
        List<Guid> ids = [];
        await using (var store = await OpenAsync())
        {
            for (var hour = 0; hour < 5; hour++)
            {
                ids.Add(await Visit.In(store).PutAsync(new Visit($"/{hour}", new Browser("Firefox", hour), ["a"]), s_noon.AddHours(hour)));
            }
        }

        async Task<IEnumerable<string?>> UrlsAsync(params string[] args) =>
            (await DoAsync(["get", "shop.visits", .. args])).Json.Select(line => line.GetProperty("body").GetProperty("url").GetString());

        Assert.Equal(["/0", "/1", "/2", "/3", "/4"], await UrlsAsync());
        Assert.Equal(["/1", "/2", "/3"], await UrlsAsync("--from", "2026-03-21T13:34:56", "--until", "2026-03-21T16:34:56+01:00"));
        Assert.Equal(["/1", "/2"], await UrlsAsync("--from", "2026-03-21T13:34:56", "--before", "2026-03-21T15:34:56Z"));
        Assert.Equal(["/4", "/3"], await UrlsAsync("--descending", "--take", "2"));
        Assert.Equal(["/3", "/4"], await UrlsAsync("--after", ids[2].ToString()));
        Assert.Equal(["/1", "/0"], await UrlsAsync("--after", ids[2].ToString(), "--descending"));
        Assert.Empty(await UrlsAsync("--take", "0"));
        Assert.Empty(await UrlsAsync("--namespace", "other"));
        var first = (await DoAsync("get", "shop.visits", "--take", "1")).Json[0];
        Assert.Equal((ids[0], s_noon), (first.GetProperty("id").GetGuid(), first.GetProperty("time").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Keys_that_are_live()
    {
        var now = DateTimeOffset.UtcNow;
        await using (var store = await OpenAsync())
        {
            await Sales.In(store).InsertAsync(new("fr", 1), 10.5m, s_noon);
            await Sales.In(store).InsertAsync(new("fr", 1), 10.5m, s_noon.AddHours(3));
            await Sales.In(store).InsertAsync(new("de", 7), 1m, s_noon);
            await Temperature.In(store).InsertAsync("roof", 20, now);
            await Temperature.In(store).InsertAsync("cellar", 12, now.AddDays(-25));
        }

        Assert.Equal(
            ["de\t7\t2026-03-21T12:00:00Z\t2026-03-21T12:00:00Z\t1", "fr\t1\t2026-03-21T12:00:00Z\t2026-03-21T15:00:00Z\t2"], (await DoAsync("keys", "sales")).Lines);
        Assert.Equal(["cellar", "roof"], (await DoAsync("keys", "temperature", "--json")).Json.Select(line => line.GetProperty("Sensor").GetString()));
        Assert.Empty((await DoAsync("keys", "hit")).Lines);
    }

    // Earlier versions of the library did not note names.
    [Fact]
    public async Task A_catalog_that_says_less()
    {
        await using (var store = await OpenAsync())
        {
            await Sales.In(store).InsertAsync(new("fr", 1), 10.5m, s_noon);
        }

        await Database.ScalarAsync("delete from typed_catalog where name <> 'sales_hour'");
        var layout = Assert.IsType<string>(await Database.ScalarAsync("select layout from typed_catalog"));
        var old = layout[..layout.IndexOf("\nseries: ", StringComparison.Ordinal)];
        Assert.EndsWith("interval: 1h", old, StringComparison.Ordinal);
        await Database.ScalarAsync($"update typed_catalog set layout = '{old}'");

        Assert.Equal(["sales\tCount\tCountry String, Shop Int32\tAmount Decimal\thour: 1h"], (await DoAsync("series")).Lines);
        Assert.Single((await DoAsync("keys", "sales")).Lines);
    }

    [Fact]
    public async Task Names_that_are_not_there_come_with_the_nearest()
    {
        await using (await OpenAsync())
        {
        }

        var stream = await RunAsync("get", "shop.visit");
        var series = await RunAsync("keys", "shop.visits");

        Assert.Equal((ExitCodes.NotFound, "error: There is no stream 'shop.visit'. Did you mean shop.visits?\n"), (stream.ExitCode, stream.Error));
        Assert.Equal((ExitCodes.NotFound, "error: There is no series 'shop.visits'. It is a stream.\n"), (series.ExitCode, series.Error));
    }
}

public sealed class ListTestsOnSqlite() : ListTests(DatabaseServer.Sqlite);

public sealed class ListTestsOnPostgres() : ListTests(DatabaseServer.Postgres);

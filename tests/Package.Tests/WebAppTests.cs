using System.Text.Json;
using Typed.Package.Tests.Harness;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Structure;

namespace Typed.Package.Tests;

/// <summary>
/// The web sample records itself, in tables that its migrations own. The system ends it while requests come in: each that was answered is counted, once, in its
/// own series and events, in the requests, and in both kinds of meters.
/// </summary>
public class WebAppTests
{
    private static readonly int s_rounds = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? 20 : 2;

    private readonly string _program = Path.Combine(SourceFolders.RepositoryRoot(), "samples/WebApp/bin", DotNet.Configuration, "net10.0/WebApp.dll");

    [Fact]
    public async Task Every_request_that_it_answered_is_counted_on_SQLite()
    {
        using var folder = new TempFolder();

        await CountAsync(folder.Path, _program);

        Assert.True(File.Exists(folder.File("webapp.db")));
    }

    [Fact]
    public async Task Every_request_that_it_answered_is_counted_on_PostgreSQL()
    {
        using var folder = new TempFolder();
        await using var database = await PostgresCluster.CreateDatabaseAsync("webapp");

        await CountAsync(folder.Path, _program, "--ConnectionStrings:Postgres", database.ConnectionString);

        Assert.False(File.Exists(folder.File("webapp.db")));
    }

    private static async Task CountAsync(string folder, params string[] arguments)
    {
        var answered = 0;
        for (var round = 0; round < s_rounds; round++)
        {
            await using var web = await WebApplication.StartAsync(folder, arguments);
            var load = web.LoadAsync("/buy/tea?price=2.5", clients: 8, stopAfter: 100, HttpMethod.Post);
            await load.Reached;
            await web.TerminateAsync();
            answered += await load.Answered;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{answered} requests were answered in {s_rounds} rounds.");
        await using var last = await WebApplication.StartAsync(folder, arguments);
        Assert.Equal("Healthy", await last.GetAsync("/health"));
        var top = Assert.Single(await ListAsync("/top"));
        Assert.Equal(("tea", answered, answered * 2.5), (top.GetProperty("item").GetString(), top.GetProperty("sold").GetInt32(), top.GetProperty("total").GetDouble()));
        Assert.Equal($"{answered}", await last.GetAsync("/orders/count"));
        Assert.Equal(10, (await ListAsync("/orders")).Length);
        Assert.Equal(answered, Find(await ListAsync("/requests"), "route", "/buy/{item}").GetProperty("total").GetInt32());
        Assert.Equal(answered, Find(await ListAsync("/meters"), "instrument", "shop.sold").GetProperty("value").GetInt32());
        var durations = (await ListAsync("/meters/histograms")).Where(found => found.GetProperty("instrument").GetString() == "http.server.request.duration").ToArray();
        Assert.Equal(answered, Find(durations, "tags", tags => tags.Contains("\"http.route\":\"/buy/{item}\"", StringComparison.Ordinal)).GetProperty("total").GetInt32());

        async Task<JsonElement[]> ListAsync(string path)
        {
            using var answer = JsonDocument.Parse(await last.GetAsync(path));
            return [.. answer.RootElement.EnumerateArray().Select(element => element.Clone())];
        }
    }

    private static JsonElement Find(JsonElement[] list, string member, string value) => Find(list, member, found => found == value);

    private static JsonElement Find(JsonElement[] list, string member, Func<string, bool> isWanted) =>
        Assert.Single(list, element => isWanted(element.GetProperty(member).GetString()!));
}

using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Files;

namespace Typed.Cli.Tests;

/// <summary>docs/cli.md: each example runs, in order, and says what is written there.</summary>
public partial class DocTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_example()
    {
        await using var database = await DatabaseServer.Sqlite.CreateAsync();
        using var folder = new TempFolder();
        await SeedAsync(database);
        await LeaveSpoolAsync(folder.File("shop.spool"));
        var examples = Example().Matches(await File.ReadAllTextAsync(DocPath())).ToArray();
        Assert.True(examples.Length >= 14, "The examples are not found any more.");
        foreach (var example in examples)
        {
            var command = example.Groups["command"].Value;
            string[] args = [.. command.Split(' ').Select(arg => FileName().IsMatch(arg) ? folder.File(arg) : arg)];
            if (command == "doctor")
            {
                // What has become too old since the page was written.
                await CliRun.RunAsync(["expire", "--connection", database.ConnectionString]);
            }

            var result = await CliRun.RunAsync([.. args, "--connection", database.ConnectionString]);
            var said = Changing().Replace((result.Output + result.Error).Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), Word);
            said = OwnPath().Replace(said, "'shop.db'");
            Assert.True(result.ExitCode == ExitCodes.Done, $"typed {command}: {said}");
            Assert.Equal($"$ typed {command}\n{example.Groups["said"].Value}", $"$ typed {command}\n{said}");
        }
    }

    [Fact]
    public async Task Every_exit_code()
    {
        var rows = ExitCode().Matches(await File.ReadAllTextAsync(DocPath())).Select(match => int.Parse(match.Groups["code"].Value, CultureInfo.InvariantCulture));

        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!);
        Assert.Equal(codes.Order(), rows.Order());
    }

    private static async Task SeedAsync(EmptyDatabase database)
    {
        await using var store = await TypedStore.OpenAsync(options => database.Choose(options.Only<Visit>().Only<Order>().Only<Sales>().Only<ResponseTime>().Only<Turnover>()));
        for (var i = 0; i < 3; i++)
        {
            await Visit.In(store).PutAsync(EventId.First(s_noon.AddHours(i)), new Visit($"/{i}", new Browser("Firefox", i), ["a"]));
        }

        await Order.In(store).PutAsync(EventId.First(s_noon), new Order(1, 9.5m));
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ConsumeAsync<Order>(
            "ledger",
            async (_, token) =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            cancellationToken: stop.Token));
        await Sales.In(store).InsertAsync(new("fr", 1), 10.5m, s_noon);
        await Sales.In(store).InsertAsync(new("fr", 1), 4m, s_noon.AddHours(1));
        await Sales.In(store).InsertAsync(new("de", 7), 3m, s_noon);
        await Turnover.In(store).InsertAsync([new("fr", 1, 10.5m, s_noon), new("de", 7, 3m, s_noon.AddHours(1))]);
    }

    /// <summary>A store that ends while nothing gets into its database.</summary>
    private static async Task LeaveSpoolAsync(string folder)
    {
        await using var database = await DatabaseServer.Sqlite.CreateAsync();
        var store = await TypedStore.OpenAsync(options =>
        {
            database.Choose(options.Only<Visit>().Only<Sales>());
            (options.Spool, options.ShutdownTimeout) = (folder, TimeSpan.FromSeconds(0.2));
        });
        await using var hold = await database.HoldAsync();
        await Sales.In(store).Post(new("fr", 1), 10.5m, s_noon);
        await Visit.In(store).Post(new Visit("/", new Browser("Firefox", 1), []));
        await Visit.In(store).Post(new Visit("/1", new Browser("Firefox", 1), []));
        await store.DisposeAsync();
    }

    private static string Word(Match match) => match.Groups["version"].Success ? "SQLite VERSION, SIZE" : "TIME";

    private static string DocPath([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../docs/cli.md"));

    [GeneratedRegex(@"```console\n\$ typed (?<command>.*)\n(?<said>(.*\n)*?)```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();

    [GeneratedRegex(@"\.(ndjson|csv|json|gz|spool)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?<version>SQLite \d[\d.]+, \d+ KiB)|(?<=\t)20(2[7-9]|[3-9]\d|26-(0[4-9]|1))[^\t]*Z(?=\t\d+\n)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Changing();

    [GeneratedRegex(@"'/[^']*'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OwnPath();

    [GeneratedRegex(@"^\| (?<code>\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ExitCode();
}

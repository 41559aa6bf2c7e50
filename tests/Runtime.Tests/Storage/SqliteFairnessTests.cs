using System.Diagnostics;
using System.Globalization;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Files;

namespace Typed.Runtime.Tests.Storage;

/// <summary>Processes that write one SQLite file without a pause: none of them starves.</summary>
public class SqliteFairnessTests(ITestOutputHelper output)
{
    private const int Processes = 4;
    private const string FileOfChild = "TYPED_TEST_HAMMERED_FILE";
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task No_process_waits_long_while_others_write_without_a_pause()
    {
        using var file = new SqliteFile();
        using var folder = new TempFolder();
        var settings = $"{file.ConnectionString};Pooling=False";
        await using (await OpenAsync(settings))
        {
            // The tables.
        }

        var children = Enumerable.Range(0, Processes).Select(child => StartAsync(settings, folder.File($"{child}.txt"))).ToArray();
        var waits = await Task.WhenAll(children);

        output.WriteLine(string.Join('\n', waits.Select(wait => $"{wait.Writes} writes, the longest {wait.Longest.TotalMilliseconds} ms")));
        await using var store = await OpenAsync(settings);
        Assert.Equal(waits.Sum(wait => wait.Writes), (await Hit.In(store).Day.GetAsync("/")).Value);

        // A second, and another one for a machine that is busy with other tests.
        Assert.All(waits, wait => Assert.InRange(wait.Longest, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
    }

    /// <summary>What a child process of the test above runs; alone it does nothing.</summary>
    [Fact(Explicit = true)]
    public async Task Hammer()
    {
        if (Environment.GetEnvironmentVariable(FileOfChild)?.Split('|') is not [var settings, var answer])
        {
            return;
        }

        await using var store = await OpenAsync(settings);
        var (writes, longest) = (0, TimeSpan.Zero);
        await Hit.In(store).InsertAsync("/", 1); // compiled
        writes++;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < s_time; writes++)
        {
            var before = Stopwatch.GetTimestamp();
            await Hit.In(store).InsertAsync("/", 1);
            var wait = Stopwatch.GetElapsedTime(before);
            longest = wait > longest ? wait : longest;
        }

        await File.WriteAllTextAsync(answer, string.Create(CultureInfo.InvariantCulture, $"{writes}|{longest.TotalMilliseconds}"));
    }

    private static ValueTask<TypedStore> OpenAsync(string settings) => TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(settings));

    private static async Task<(int Writes, TimeSpan Longest)> StartAsync(string settings, string answer)
    {
        var test = typeof(SqliteFairnessTests).Assembly.GetName().Name!;
        string[] arguments = [$"{Path.Combine(AppContext.BaseDirectory, test)}.dll", "-explicit", "only", "-method", $"{typeof(SqliteFairnessTests).FullName}.{nameof(Hammer)}"];
        using var child = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [FileOfChild] = $"{settings}|{answer}" },
        })!;
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, said);
        var numbers = (await File.ReadAllTextAsync(answer)).Split('|');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(double.Parse(numbers[1], CultureInfo.InvariantCulture)));
    }
}

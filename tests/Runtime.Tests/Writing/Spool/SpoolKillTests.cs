using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>Processes that are killed while they post: what they were told is taken is stored once.</summary>
public abstract class SpoolKillTests(DatabaseServer server) : SpoolSuite(server)
{
    private const string Variable = "TYPED_TEST_SPOOL_CHILD";

    private static readonly int s_rounds = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? 20 : 2;

    [Fact]
    public async Task A_process_that_is_killed_loses_and_doubles_nothing()
    {
        await using (await OpenSpooledAsync())
        {
            // The tables.
        }

        var random = new Random(5);
        var counts = Folder + ".counts";
        for (var round = 0; round < s_rounds; round++)
        {
            using (var file = new FileStream(counts, FileMode.Create))
            {
                file.SetLength(16);
            }

            using var map = MemoryMappedFile.CreateFromFile(counts);
            using var taken = map.CreateViewAccessor();
            await KillAsync(round, counts, () => taken.ReadInt64(8) > 0, TimeSpan.FromMilliseconds(random.Next(20, 600)));
            await using (var store = await OpenSpooledAsync())
            {
                await store.FlushAsync();
            }

            var key = round.ToString(CultureInfo.InvariantCulture);
            await using var reader = await OpenAsync(o => o.Only<LateSeries>().Only<LateEvent>());
            var points = (await LateSeries.In(reader).Day.GetAsync(key)).Value;
            var events = (await ListAsync(LateEvent.In(reader, "n" + key).All())).Select(e => e.Body.Value).ToArray();
            AssertTaken(taken.ReadInt64(0), points);
            AssertTaken(taken.ReadInt64(8), events);
        }

        Assert.Empty(Segments());
    }

    /// <summary>What a child process of the test above runs; alone it does nothing.</summary>
    [Fact(Explicit = true)]
    public async Task Post()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var kind, var connection, var folder, var key, var counts]
            || GetType().Name != kind)
        {
            return;
        }

        using var map = MemoryMappedFile.CreateFromFile(counts);
        using var taken = map.CreateViewAccessor();
        await using var store = await TypedStore.OpenAsync(o =>
        {
            SpoolChild.Choose(o, connection);
            o.Only<LateSeries>().Only<LateEvent>().Spool = folder;
            (o.Capacity, o.BatchSize, o.FlushInterval) = (3_000, 500, TimeSpan.FromMilliseconds(10));
            o.TimeProvider = Clock;
        });
        for (var i = 0L; ; i++)
        {
            await LateSeries.In(store).Post(key, i);
            taken.Write(0, i + 1);
            await LateEvent.In(store, "n" + key).Post(new LateEvent("e", i));
            taken.Write(8, i + 1);
        }
    }

    /// <summary>All that was taken is there, in order and once; the last one may be there without its caller having heard of it.</summary>
    private static void AssertTaken(long taken, IReadOnlyList<long> stored)
    {
        Assert.True(taken > 0);
        Assert.InRange(stored.Count, taken, taken + 1);
        Assert.Equal(Numbers(stored.Count), stored);
    }

    private async Task KillAsync(int round, string counts, Func<bool> hasBegun, TimeSpan after)
    {
        using var child = SpoolChild.Start(
            GetType(), nameof(Post), Variable,
            $"{GetType().Name}|{Database.ConnectionString}|{Folder}|{round.ToString(CultureInfo.InvariantCulture)}|{counts}");
        for (var i = 0; i < 3_000 && !hasBegun(); i++)
        {
            Assert.False(child.HasExited, "It ended before it could be killed.");
            await Task.Delay(10);
        }

        await Task.Delay(after);
        child.Kill();
        await child.WaitForExitAsync();
    }
}

/// <summary>A test as a process of its own.</summary>
internal static class SpoolChild
{
    public static Process Start(Type type, string method, string variable, string value)
    {
        var test = typeof(SpoolChild).Assembly.GetName().Name!;
        string[] arguments = [$"{Path.Combine(AppContext.BaseDirectory, test)}.dll", "-explicit", "only", "-method", $"{type.FullName}.{method}"];
        var child = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true, UseShellExecute = false, Environment = { [variable] = value },
        })!;
        child.OutputDataReceived += static (_, _) => { };
        child.BeginOutputReadLine();
        return child;
    }

    public static void Choose(TypedOptionsBuilder options, string connection)
    {
        if (connection.Contains("Host", StringComparison.Ordinal))
        {
            options.UseNpgsql(connection);
        }
        else
        {
            options.UseSqlite(connection);
        }
    }
}

public sealed class SpoolKillTestsOnSqlite() : SpoolKillTests(DatabaseServer.Sqlite);

public sealed class SpoolKillTestsOnPostgres() : SpoolKillTests(DatabaseServer.Postgres);

using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Consumers from the command line.</summary>
public abstract class ConsumerTests(DatabaseServer server) : CliSuite(server)
{
    [Fact]
    public async Task They_are_listed_moved_and_forgotten()
    {
        await using var store = await OpenAsync();
        await Order.In(store).PutAsync([new Order(1, 9.5m), new Order(2, 1m)]);
        List<StreamPosition> handled = [];
        await HandleAsync(store, handled, 2);

        var listed = await RunAsync("consumers", "list");
        Assert.StartsWith("ledger\tshop.orders\tdefault\t", listed.Output, StringComparison.Ordinal);
        Assert.EndsWith($"\t{handled[1]}\n", listed.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Done, (await RunAsync("consumers", "move", "ledger", handled[0].ToString(), "--yes")).ExitCode);
        await HandleAsync(store, handled, 3);
        Assert.Equal(handled[1], handled[2]);
        Assert.Equal(ExitCodes.Done, (await RunAsync("consumers", "reset", "ledger", "--yes")).ExitCode);
        await HandleAsync(store, handled, 5);
        Assert.Equal(handled[..2], handled[3..]);

        Assert.Equal(ExitCodes.Usage, (await RunAsync("consumers", "move", "ledger", "noon", "--yes")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("consumers", "reset", "ledger")).ExitCode); // nobody is there to answer
        var unknown = await RunAsync("consumers", "reset", "leger", "--yes");
        Assert.Equal(ExitCodes.NotFound, unknown.ExitCode);
        Assert.Contains("There are: ledger", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, (await RunAsync("consumers", "forget", "ledger", "--yes")).ExitCode);
        Assert.Equal("", (await RunAsync("consumers", "list")).Output);
    }

    /// <summary>Handles events one by one until there are so many.</summary>
    private static async Task HandleAsync(TypedStore store, List<StreamPosition> handled, int count)
    {
        using var stop = new CancellationTokenSource();
        var running = store.ConsumeAsync<Order>(
            "ledger",
            (batch, _) =>
            {
                handled.AddRange(batch.Events.Select(one => one.Position));
                return default;
            },
            new() { BatchSize = 1 },
            stop.Token);
        while ((handled.Count < count || (await store.Consumers.ListAsync()).Single().Position != handled[^1]) && !running.IsCompleted)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}

public sealed class ConsumerTestsOnSqlite() : ConsumerTests(DatabaseServer.Sqlite);

public sealed class ConsumerTestsOnPostgres() : ConsumerTests(DatabaseServer.Postgres);

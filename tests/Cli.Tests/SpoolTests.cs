using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary><c>typed spool</c>: what a spool holds, and what is left of a damaged one.</summary>
public abstract class SpoolTests(DatabaseServer server) : CliSuite(server)
{
    private const int Orders = 50;

    private string Folder => PathOf("spool");

    [Fact]
    public async Task What_a_spool_holds()
    {
        await LeaveAsync();

        var shown = await CliRun.RunAsync(["spool", "show", Folder]);
        var items = await CliRun.RunAsync(["spool", "show", Folder, "--items", "--json"]);
        var check = await CliRun.RunAsync(["spool", "check", Folder]);

        Assert.Equal([("sales", "", "50"), ("shop.orders", "default", "50")], shown.Lines.Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1], cells[3])));
        Assert.Equal(2 * Orders, items.Json.Count);
        Assert.Contains(items.Json, item => item.GetProperty("columns").GetString()!.Contains("\"order_number\":7", StringComparison.OrdinalIgnoreCase));
        Assert.Equal((ExitCodes.Done, "The spool is whole: 100 items are not written yet, in 1 segment.\n"), (check.ExitCode, check.Error));
    }

    [Fact]
    public async Task A_damaged_spool_is_repaired_and_the_rest_is_sent()
    {
        await LeaveAsync();
        var segment = Assert.Single(Directory.GetFiles(Folder, "*.spool"));
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[bytes.Length / 2] ^= 0x5A;
        await File.WriteAllBytesAsync(segment, bytes);
        var refused = await Assert.ThrowsAsync<SpoolException>(async () => await OpenSpooledAsync());

        var check = await CliRun.RunAsync(["spool", "check", Folder]);
        var repaired = await CliRun.RunAsync(["spool", "repair", Folder, "--yes", "--keep-uncertain"]);

        Assert.Equal(ExitCodes.Found, check.ExitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"offset {refused.Offset}"), check.Error, StringComparison.Ordinal);
        Assert.True(repaired.ExitCode == ExitCodes.Done, repaired.Error);
        Assert.Contains("1 damaged part with 1 item set aside", repaired.Error, StringComparison.Ordinal);
        Assert.Contains("The spool holds 99 items.", repaired.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "aside")));
        await using (var store = await OpenSpooledAsync())
        {
            await store.FlushAsync();
        }

        var orders = await Database.RowsAsync("shop_orders");
        var sold = Convert.ToInt64(await Database.ScalarAsync("select sum(cast(amount as decimal)) from sales_hour"), CultureInfo.InvariantCulture);
        Assert.Equal((2 * Orders) - 1, orders + sold);
    }

    [Fact]
    public async Task Items_that_may_have_been_written_are_set_aside()
    {
        await LeaveAsync();
        var segment = Assert.Single(Directory.GetFiles(Folder, "*.spool"));
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[bytes.Length / 2] ^= 0x5A;
        await File.WriteAllBytesAsync(segment, bytes);

        var repaired = await CliRun.RunAsync(["spool", "repair", Folder, "--yes"]);

        // Nothing behind the damage says how much was said before: whatever stands before it may have been written.
        Assert.Contains("of which nobody knows whether they were written", repaired.Error, StringComparison.Ordinal);
        await using (var store = await OpenSpooledAsync())
        {
            await store.FlushAsync();
        }

        Assert.InRange(await Database.RowsAsync("shop_orders"), 10, 40);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Folder, "aside")).Length);
    }

    [Fact]
    public async Task A_spool_in_use_or_none()
    {
        var none = await CliRun.RunAsync(["spool", "show", PathOf("nowhere")]);
        Assert.Equal(ExitCodes.NotFound, none.ExitCode);
        await using var store = await OpenSpooledAsync();
        await Order.In(store).Post(new Order(1, 1m));
        await store.FlushAsync();
        var whole = await CliRun.RunAsync(["spool", "repair", Folder, "--yes"]);
        Assert.Equal((ExitCodes.Done, "The spool is whole: there is nothing to repair.\n"), (whole.ExitCode, whole.Error));
    }

    [Fact]
    public async Task A_spool_is_given_to_another_database()
    {
        await LeaveAsync();
        await using var other = await Server.CreateAsync();
        async Task<TypedStore> OpenOtherAsync() => await TypedStore.OpenAsync(options =>
        {
            other.Choose(options);
            options.Only<Order>().Only<Sales>().Spool = Folder;
        });
        var refused = await Assert.ThrowsAsync<SpoolException>(OpenOtherAsync);
        Assert.Contains("typed spool release", refused.Message, StringComparison.Ordinal);

        var released = await CliRun.RunAsync(["spool", "release", Folder, "--yes"]);

        Assert.True(released.ExitCode == ExitCodes.Done, released.Error);
        await using (var store = await OpenOtherAsync())
        {
            await store.FlushAsync();
        }

        Assert.Equal(Orders, await other.RowsAsync("shop_orders"));
        Assert.Equal(0, await Database.RowsAsync("shop_orders"));
    }

    [Fact]
    public async Task A_spool_is_replayed_without_the_application()
    {
        await LeaveAsync();

        var replayed = await RunAsync("spool", "replay", Folder);
        var again = await RunAsync("spool", "replay", Folder);

        Assert.Equal((ExitCodes.Done, "100 items written.\n"), (replayed.ExitCode, replayed.Error));
        Assert.Equal((ExitCodes.Done, "0 items written.\n"), (again.ExitCode, again.Error));
        Assert.Equal(Orders, await Database.RowsAsync("shop_orders"));
        await using var store = await OpenSpooledAsync();
        Assert.Equal(Orders, Convert.ToInt64(await Database.ScalarAsync("select sum(cast(amount as decimal)) from sales_hour"), CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, Orders).Select(i => (long)i), await NumbersAsync(store));

        static async Task<List<long>> NumbersAsync(TypedStore store)
        {
            List<long> numbers = [];
            await foreach (var order in Order.In(store).All())
            {
                numbers.Add(order.Body.OrderNumber);
            }

            return numbers;
        }
    }

    private async Task<TypedStore> OpenSpooledAsync() => await TypedStore.OpenAsync(options =>
    {
        Database.Choose(options);
        options.Only<Order>().Only<Sales>().Spool = Folder;
        options.ShutdownTimeout = TimeSpan.FromSeconds(0.3);
    });

    /// <summary>A store that ends while nothing gets into its database.</summary>
    private async Task LeaveAsync()
    {
        var store = await OpenSpooledAsync();
        await using var hold = await Database.HoldAsync();
        for (var i = 0; i < Orders; i++)
        {
            await Order.In(store).Post(new Order(i, 1m));
            await Sales.In(store).Post(new("fr", 1), 1m);
        }

        await store.DisposeAsync();
    }
}

public sealed class SpoolTestsOnSqlite() : SpoolTests(DatabaseServer.Sqlite);

public sealed class SpoolTestsOnPostgres() : SpoolTests(DatabaseServer.Postgres);

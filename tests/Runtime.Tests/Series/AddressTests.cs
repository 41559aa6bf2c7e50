using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>Addresses that lead nowhere, and databases without one.</summary>
public class AddressTests
{
    [Fact]
    public async Task No_server_at_the_address_fails_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            await TypedStore.OpenAsync(o => o.Only<Hit>().UseNpgsql($"Host=127.0.0.1;Port={port};Database=shop;Username=me;Password=secret")));

        Elapsed.InRange(started, 0, 10);
        Assert.Contains($"'shop' at 127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_a_folder_that_is_missing_fails_at_once()
    {
        using var folder = new TempFolder();
        var path = folder.File("missing/shop.db");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite($"Data Source={path}")));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_fails_at_once()
    {
        using var folder = new TempFolder();
        var path = folder.File("shop.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("This is no database. ", 100)));

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite($"Data Source={path}")));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_there_is_no_store()
    {
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await TypedStore.OpenAsync(o => o.Only<Hit>()));

        Assert.Contains("UseSqlite", error.Message, StringComparison.Ordinal);
    }

    // SQLite would open a temporary file and delete it in the end.
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    [InlineData("Data Source=")]
    [InlineData("Data Source=;Foreign Keys=True")]
    public async Task An_address_that_names_no_database_is_refused(string? connectionString)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(connectionString!)));
        var plain = await Assert.ThrowsAsync<InvalidOperationException>(async () => await TypedStore.OpenAsync(o => SqliteDbContextOptionsBuilderExtensions.UseSqlite(o.Only<Hit>(), connectionString)));

        Assert.Contains("Data Source=shop.db", error.Message, StringComparison.Ordinal);
        Assert.Contains(":memory:", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, plain.Message);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shared;Mode=Memory")]
    [InlineData("Mode=Memory")]
    public async Task A_database_in_memory_lives_as_long_as_its_store(string connectionString)
    {
        await using (var store = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(connectionString)))
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () => await Hit.In(store).InsertAsync("/", i))));
            var hits = new List<long>();
            await foreach (var day in Hit.In(store).Day.For("/").Last(1))
            {
                await Hit.In(store).InsertAsync("/other", 1);
                hits.Add(day.Value);
            }

            Assert.Equal([45L], hits);
        }

        await using var next = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(connectionString));
        Assert.Equal(0, (await Hit.In(next).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Two_stores_in_memory_know_nothing_of_each_other()
    {
        await using var first = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite("Data Source=:memory:"));
        await using var second = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite("Data Source=:memory:"));

        await Hit.In(first).InsertAsync("/", 3);

        Assert.Equal(0, (await Hit.In(second).Day.GetAsync("/")).Value);
    }
}

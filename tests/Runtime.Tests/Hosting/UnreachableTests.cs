using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Typed.Runtime.Tests.Diagnostics;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Hosting;

/// <summary>A host that starts before its database is there.</summary>
public abstract class UnreachableTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Writes_wait_for_the_database_and_the_log_says_so_once()
    {
        await using var unreachable = Unreachable();
        await using var host = Host(unreachable);
        await host.StartAsync();
        var hits = host.Services.GetRequiredService<Hit.Handle>();
        var sick = await host.HealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, sick.Status);
        Assert.Contains(unreachable.Address, sick.Description, StringComparison.Ordinal);

        await hits.Post("/", 1);
        var written = hits.InsertAsync("/", 2).AsTask();
        await host.HealthAsync();
        Assert.False(written.IsCompleted);
        unreachable.Appear();

        await written;
        await host.Store.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, (await hits.Day.GetAsync("/")).Value);
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync()).Status);
        var logged = LogRecorder.Instance.Of(unreachable.Address);
        Assert.Equal((LogLevel.Error, "OpenFailed"), Assert.Single(logged.Where(each => each.Id == 102).Select(each => (each.Level, each.Name!))));
        Assert.Single(logged, each => each.Id == 100);
    }

    [Fact]
    public async Task The_host_opens_it_by_itself_when_it_appears()
    {
        await using var unreachable = Unreachable();
        await using var host = Host(unreachable);
        await host.StartAsync();

        unreachable.Appear();

        await host.Store.Opening.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(host.Store.Opening.IsOpen);
    }

    [Fact]
    public async Task A_write_that_the_database_is_not_there_for_fails_in_its_time()
    {
        await using var unreachable = Unreachable();
        await using var host = Host(unreachable, o => o.WriteTimeout = TimeSpan.FromSeconds(0.5));
        await host.StartAsync();

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 1));

        Assert.Contains(unreachable.Address, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_reports_what_could_not_be_written()
    {
        await using var unreachable = Unreachable();
        await using var host = Host(unreachable, o => o.ShutdownTimeout = TimeSpan.FromSeconds(0.5));
        await host.StartAsync();
        await host.Services.GetRequiredService<Hit.Handle>().Post("lost", 1);

        var error = await Assert.ThrowsAnyAsync<Exception>(host.StopAsync);

        var unwritten = Assert.IsType<UnwrittenItemsException>(error is AggregateException several ? several.InnerException : error);
        Assert.Single(unwritten.Items);
    }

    private static HostedStore Host(UnreachableDatabase unreachable, Action<TypedOptionsBuilder>? configure = null) => new(builder => builder.Services.AddTyped(o =>
    {
        unreachable.Choose(o);
        o.Only<Hit>();
        configure?.Invoke(o);
    }));

    private UnreachableDatabase Unreachable() => ReferenceEquals(Server, DatabaseServer.Sqlite) ? new MissingFolder() : new UnpluggedServer(Database.ConnectionString);

    private abstract class UnreachableDatabase : IAsyncDisposable
    {
        /// <summary>What messages call it.</summary>
        public abstract string Address { get; }

        public abstract void Choose(TypedOptionsBuilder options);

        public abstract void Appear();

        public abstract ValueTask DisposeAsync();
    }

    private sealed class MissingFolder : UnreachableDatabase
    {
        private readonly TempFolder _folder = new();

        public override string Address => Path.Combine(_folder.File("later"), "shop.db");

        public override void Choose(TypedOptionsBuilder options) => options.UseSqlite($"Data Source={Address};Pooling=False");

        public override void Appear() => Directory.CreateDirectory(Path.GetDirectoryName(Address)!);

        public override ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class UnpluggedServer : UnreachableDatabase
    {
        private readonly BreakableProxy _proxy;

        public UnpluggedServer(string connectionString)
        {
            _proxy = BreakableProxy.To(connectionString);
            _proxy.Unplug();
        }

        public override string Address => new Npgsql.NpgsqlConnectionStringBuilder(_proxy.ConnectionString).Database!;

        public override void Choose(TypedOptionsBuilder options) => options.UseNpgsql(_proxy.ConnectionString);

        public override void Appear() => _proxy.Restore();

        public override ValueTask DisposeAsync() => _proxy.DisposeAsync();
    }
}

public sealed class UnreachableTestsOnSqlite() : UnreachableTests(DatabaseServer.Sqlite);

public sealed class UnreachableTestsOnPostgres() : UnreachableTests(DatabaseServer.Postgres);

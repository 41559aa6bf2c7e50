using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Writing;

/// <summary>Faults at each place of a flush's way to PostgreSQL, and a server that dies: totals are exact.</summary>
public sealed class InjectedFaultTests
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    [Theory]
    [InlineData(ProxyFault.Cut)]
    [InlineData(ProxyFault.LoseReply)]
    [InlineData(ProxyFault.Late)]
    public async Task A_fault_at_the_kth_piece_of_a_flush(ProxyFault fault)
    {
        await using var setup = await Setup.CreateAsync();
        foreach (var rows in s_isSoak ? [1, 3, 1_200, 40_000] : new[] { 3, 1_200 })
        {
            for (var k = 1; ; k++)
            {
                setup.ClearPool();
                var happened = setup.Proxy.FaultAt(k, fault);
                await setup.WriteAsync(rows);
                setup.Proxy.Restore();
                if (!happened())
                {
                    Assert.True(k > 2, "No piece was seen: the test tests nothing.");
                    break;
                }
            }
        }

        await Task.Delay(700); // the last late ones
        await setup.CheckAsync();
    }

    [Fact]
    public async Task Requests_and_answers_that_come_byte_by_byte()
    {
        await using var setup = await Setup.CreateAsync();
        setup.ClearPool();
        setup.Proxy.Trickle();
        await setup.WriteAsync(1);
        await setup.WriteAsync(5);
        setup.Proxy.Restore();
        await setup.WriteAsync(1_200);
        await setup.CheckAsync();
    }

    [Fact]
    public async Task A_server_that_is_killed_again_and_again()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var setup = await Setup.CreateAsync(cluster.ConnectionString);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteUntilAsync(setup, stop.Token))).ToArray();
        for (var round = 0; round < 5; round++)
        {
            await Task.Delay(300);
            if (round % 2 == 0)
            {
                // The server ends all sessions when one of its processes dies so, and recovers.
                await KillAsync(await BackendAsync(cluster));
            }
            else
            {
                await cluster.CrashAsync();
                await Task.Delay(200);
                await cluster.StartAsync();
            }
        }

        await Task.Delay(500);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await setup.CheckAsync();
    }

    [Fact]
    public async Task Sessions_that_are_ended_again_and_again()
    {
        await using var setup = await Setup.CreateAsync();
        using var stop = new CancellationTokenSource(s_isSoak ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(2));
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WriteUntilAsync(setup, stop.Token))).ToArray();
        while (!stop.IsCancellationRequested)
        {
            await PostgresCluster.TerminateBackendsAsync(setup.Database!.Name);
            await Task.Delay(30);
        }

        await Task.WhenAll(writers);
        await setup.CheckAsync();
    }

    [Fact]
    public async Task A_session_that_was_idle_too_long_costs_no_write()
    {
        await using var setup = await Setup.CreateAsync();
        await setup.ExecuteAsync("alter database " + setup.Database!.Name + " set idle_session_timeout = '100ms'");
        setup.ClearPool();
        for (var i = 0; i < 4; i++)
        {
            await setup.WriteAsync(3);
            await Task.Delay(250);
        }

        await setup.CheckAsync();
    }

    // As a pooler says it when it lost its server, and as extensions say it. Nothing of it tells whether a COMMIT counted.
    [Theory]
    [InlineData("08P01")]
    [InlineData("08006")]
    [InlineData("XX000")]
    [InlineData("57P01")]
    [InlineData("53100")]
    [InlineData("53200")]
    [InlineData("40001")]
    public async Task A_server_that_fails_for_a_while(string code)
    {
        await using var setup = await Setup.CreateAsync();
        await setup.ExecuteAsync($"create function fail() returns trigger language plpgsql as $$ begin raise exception using errcode = '{code}', message = 'injected'; end $$");
        await setup.ExecuteAsync("create trigger fail before insert on late_count_day for each statement execute function fail()");
        var writes = Enumerable.Range(0, 3).Select(_ => setup.WriteAsync(3, isCounted: false)).ToArray();
        await Task.Delay(300);
        await setup.ExecuteAsync("drop trigger fail on late_count_day");

        await Task.WhenAll(writes);

        setup.Counted(3, writes.Length);
        await setup.WriteAsync(3);
        await setup.CheckAsync(isSeries: false);
    }

    private static async Task WriteUntilAsync(Setup setup, CancellationToken stop)
    {
        var random = new Random(7);
        while (!stop.IsCancellationRequested)
        {
            await setup.WriteAsync(random.Next(12) == 0 ? 1_200 : random.Next(1, 6));
            await setup.PostAsync(random.Next(1, 20));
        }
    }

    private static async Task<int> BackendAsync(PrivateCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1", connection);
        while (true)
        {
            // Between two rounds of the writers' recovery there may be none.
            if (await command.ExecuteScalarAsync() is int process)
            {
                return process;
            }

            await Task.Delay(20);
        }
    }

    private static async Task KillAsync(int process)
    {
        using var kill = Process.Start("kill", ["-KILL", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private sealed class Setup : IAsyncDisposable
    {
        private readonly string _connectionString;
        private readonly NpgsqlDataSource _source;
        private long _written;
        private long _posted;

        private Setup(string connectionString, TestDatabase? database, BreakableProxy proxy, NpgsqlDataSource source, TypedStore store) =>
            (_connectionString, Database, Proxy, _source, Store) = (connectionString, database, proxy, source, store);

        public TestDatabase? Database { get; }

        public BreakableProxy Proxy { get; }

        private TypedStore Store { get; }

        public static async Task<Setup> CreateAsync(string? server = null)
        {
            var database = server is null ? await PostgresCluster.CreateDatabaseAsync("inject") : null;
            var proxy = BreakableProxy.To(server ?? database!.ConnectionString);
            var source = NpgsqlDataSource.Create(proxy.ConnectionString);
            var store = await TypedStore.OpenAsync(o => o.Only<LateCount>().Only<LateSeries>().Only<LateEvent>().UseNpgsql(source));
            return new Setup(server ?? database!.ConnectionString, database, proxy, source, store);
        }

        /// <summary>The next write needs a connection of its own.</summary>
        public void ClearPool() => _source.Clear();

        /// <summary>Writes so many points of two types and events.</summary>
        public async Task WriteAsync(int rows, bool isCounted = true)
        {
            var numbers = Enumerable.Range(0, rows);
            await LateCount.In(Store).InsertAsync(numbers.Select(i => new LateCount($"k{i % 7}", 1)));
            if (!isCounted)
            {
                return;
            }

            await LateSeries.In(Store).InsertAsync(numbers.Select(i => new LateSeries($"k{i % 7}", i)));
            await LateEvent.In(Store).PutAsync(numbers.Select(i => new LateEvent("e", i)));
            Interlocked.Add(ref _written, rows);
        }

        public async Task PostAsync(int rows)
        {
            for (var i = 0; i < rows; i++)
            {
                await LateCount.In(Store).Post($"k{i % 7}");
                await LateSeries.In(Store).Post($"k{i % 7}", i);
                await LateEvent.In(Store).Post(new LateEvent("e", i));
            }

            Interlocked.Add(ref _posted, rows);
        }

        public void Counted(int rows, int times) => _written += rows * times;

        public async Task CheckAsync(bool isSeries = true)
        {
            await Store.FlushAsync();
            var expected = Volatile.Read(ref _written) + Volatile.Read(ref _posted);
            Assert.Equal(expected, await ScalarAsync("select sum(value)::bigint from late_count_day"));
            Assert.Equal(expected, await ScalarAsync("select sum(value)::bigint from late_count_minute"));
            if (isSeries)
            {
                Assert.Equal(expected, await ScalarAsync("select count(*) from late_series_points"));
                Assert.Equal(expected, await ScalarAsync("select count(*) from late_event"));
            }
        }

        public Task ExecuteAsync(string sql) => ScalarAsync(sql);

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await _source.DisposeAsync();
            await Proxy.DisposeAsync();
            if (Database is not null)
            {
                await Database.DisposeAsync();
            }
        }

        private async Task<object?> ScalarAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync();
        }
    }
}

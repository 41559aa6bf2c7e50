using Npgsql;
using Typed.Postgres;
using Typed.Runtime.Tests.Reading;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Storage;

/// <summary>What the connection string says of pooling and preparing is the application's decision.</summary>
public class PoolSettingTests
{
    [Theory]
    [InlineData("Host=h", false)]
    [InlineData("Host=h;Max Auto Prepare=0", true)]
    [InlineData("Host=h;max auto prepare=7", true)]
    [InlineData("Host=h;MaxAutoPrepare=0", true)]
    [InlineData("Host=h;Application Name='Max Auto Prepare=1'", false)]
    [InlineData("", false)]
    public void A_setting_is_given_or_not(string settings, bool isGiven) => Assert.Equal(isGiven, PostgresSettings.Has(settings, "MaxAutoPrepare"));

    // A statement that a session prepared is in its own list, which a view can show.
    [Theory]
    [InlineData("", true)]
    [InlineData("Max Auto Prepare=0", false)]
    [InlineData("Max Auto Prepare=20;Auto Prepare Min Usages=100", false)]
    [InlineData("Max Auto Prepare=20;Auto Prepare Min Usages=2", true)]
    public async Task Statements_are_prepared_unless_the_application_says_otherwise(string settings, bool arePrepared)
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("pools");
        await using var store = await OpenAsync($"{database.ConnectionString};Maximum Pool Size=1;{settings}");
        await EveryRead.WriteAsync(store);
        await ExecuteAsync(database, """
            alter table hit_day rename to hit_day_kept;
            create view hit_day as select page, bucket, slot, (select count(*) from pg_prepared_statements)::bigint as times from hit_day_kept
            """);

        var prepared = 0L;
        for (var i = 0; i < 8; i++)
        {
            prepared = (await Hit.In(store).Day.GetAsync("/", EveryRead.Time)).Value;
        }

        Assert.Equal(arePrepared, prepared > 0);
    }

    [Fact]
    public async Task A_pool_is_no_larger_than_it_may_be()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("pools");
        await using var store = await OpenAsync($"{database.ConnectionString};Maximum Pool Size=3;Application Name=measured");
        await EveryRead.WriteAsync(store);
        var most = 0L;
        var working = Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await Hit.In(store).InsertAsync($"/{n}");
                await Visit.In(store).CountAsync();
            }
        })));

        while (!working.IsCompleted)
        {
            most = Math.Max(most, await SessionsAsync(database));
        }

        await working;
        Assert.InRange(most, 1, 4); // three of the store, and the one that a context opened the tables with
    }

    [Fact]
    public async Task Without_a_pool_no_session_stays()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("pools");
        await using var store = await OpenAsync($"{database.ConnectionString};Pooling=false;Application Name=measured");
        await EveryRead.WriteAsync(store);
        Assert.Equal(1, await Visit.In(store).CountAsync());

        for (var attempt = 0; await SessionsAsync(database) > 0; attempt++)
        {
            Assert.InRange(attempt, 0, 100);
            await Task.Delay(20); // the server notices a good-bye a little later
        }
    }

    // Twelve clients share two connections of the server, so that a transaction and the next one meet different sessions.
    [Theory]
    [InlineData("Max Auto Prepare=0;No Reset On Close=true")]
    [InlineData("Max Auto Prepare=0")]
    public async Task A_bouncer_in_transaction_mode(string settings)
    {
        const int Clients = 12;
        await using var database = await PostgresCluster.CreateDatabaseAsync("bounced");
        await using var bouncer = await PgBouncer.StartAsync(database.ConnectionString, connections: 2);
        await using var store = await OpenAsync($"{bouncer.ConnectionString};{settings}");
        await EveryRead.WriteAsync(store);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await Hit.In(store).InsertAsync("/", 1, EveryRead.Time);
                await PagedPoints.In(store).InsertAsync($"c{client}", i, EveryRead.Time);
                await Visit.In(store).PutAsync([new Visit(i), new Visit(i)]);
                Assert.InRange((await Hit.In(store).Day.GetAsync("/", EveryRead.Time)).Value, 4, 3 + (Clients * 20));
            }
        })));
        await Visit.In(store).PutAsync(Enumerable.Range(0, 3_000).Select(n => new Visit(n))); // COPY
        await Hit.In(store).DeleteAsync("nobody");

        Assert.Equal(3 + (Clients * 20), (await Hit.In(store).Day.GetAsync("/", EveryRead.Time)).Value);
        Assert.Equal(1 + (Clients * 40) + 3_000, await Visit.In(store).CountAsync());
        foreach (var (name, (_, read)) in EveryRead.All)
        {
            Assert.False(string.IsNullOrEmpty(await read(store, default)), name);
        }

        await using var db = store.CreateDbContext();
        Assert.Equal(3 + (Clients * 20), Hit.In(db).Day.AsQueryable().Sum(row => row.Times));
        await using var again = await OpenAsync($"{bouncer.ConnectionString};{settings}");
    }

    private static ValueTask<TypedStore> OpenAsync(string settings) => TypedStore.OpenAsync(o =>
    {
        EveryRead.Choose(o);
        o.UseNpgsql(settings);
        o.TimeProvider = new StoppedClock(EveryRead.Time);
    });

    private static async Task<long> SessionsAsync(TestDatabase database) =>
        (long)(await ExecuteAsync(database, "select count(*) from pg_stat_activity where application_name = 'measured' and datname = current_database()"))!;

    private static async Task<object?> ExecuteAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

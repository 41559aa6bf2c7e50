using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Typed.Benchmarks.Ratios;
using Typed.Tests.Harness.Postgres;

namespace Typed.Benchmarks.Streams;

/// <summary>A table of page views, read through the library and by hand with the System.Text.Json source generator.</summary>
public abstract class ReadRatio(int stored) : IRatio
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);

    private TestDatabase? _database;
    private TypedStore? _store;
    private NpgsqlDataSource? _source;

    public abstract string Name { get; }

    public abstract double Limit { get; }

    public virtual int Repeats => 1;

    protected EventStream<PageView> Views => PageView.In(_store!);

    protected static DateTimeOffset At(int n) => s_start.AddMilliseconds(n);

    public async Task SetUpAsync()
    {
        _database = await PostgresCluster.CreateDatabaseAsync("ratio");
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString);
        _store = await TypedStore.OpenAsync(options =>
        {
            options.UseNpgsql(_database.ConnectionString);
            options.Only<PageView>();
        });
        foreach (var chunk in Enumerable.Range(0, stored).Chunk(20_000))
        {
            await Views.PutAsync(chunk.Select(n => (SampleEvents.PageView with { Url = $"/products/{n}" }, At(n))));
        }

        await using var analyze = _source.CreateCommand("vacuum analyze page_view");
        await analyze.ExecuteNonQueryAsync();
    }

    public abstract ValueTask Ours();

    public abstract ValueTask Theirs();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null)
        {
            await _store.DisposeAsync();
            await _source!.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>What a careful developer writes: one statement, one event per row.</summary>
    protected async ValueTask<int> ByHandAsync(Guid low, Guid high, long limit)
    {
        await using var connection = await _source!.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select id, body from page_view where namespace = $1 and id between $2 and $3 order by id limit $4", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "default" });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = low, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = high, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync();
        var seen = 0;
        while (await reader.ReadAsync())
        {
            var id = reader.GetGuid(0);
            var one = new Stored(id, EventId.TimeOf(id), JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(1), SampleJson.Default.PageView)!);
            seen += one.Body.Browser.Version == 126 ? 1 : 0;
        }

        return seen;
    }

    protected static async ValueTask<int> CountAsync(IAsyncEnumerable<Event<PageView>> events)
    {
        var seen = 0;
        await foreach (var one in events)
        {
            seen += one.Body.Browser.Version == 126 ? 1 : 0;
        }

        return seen;
    }

    protected static void Require(int seen, int expected)
    {
        if (seen != expected)
        {
            throw new InvalidOperationException($"{seen} events instead of {expected}.");
        }
    }

    private sealed record Stored(Guid Id, DateTimeOffset Time, PageView Body);
}

/// <summary>A long answer.</summary>
public sealed class ReadHundredThousand() : ReadRatio(100_000)
{
    private const int Events = 100_000;

    public override string Name => "events: read 100 000 between two times";

    public override double Limit => 1.15;

    public override async ValueTask Ours() => Require(await CountAsync(Views.Between(At(0), At(Events))), Events);

    public override async ValueTask Theirs() => Require(await ByHandAsync(EventId.First(At(0)), EventId.Last(At(Events)), long.MaxValue), Events);
}

/// <summary>A page in the middle of a long stream.</summary>
public sealed class PageOfAMillion() : PageRatio(1_000_000)
{
    public override string Name => "events: a page of 100 after an id, of 1 000 000";
}

/// <summary>The same page of a short stream: the time per call has to be the same.</summary>
public sealed class PageOfTenThousand() : PageRatio(10_000)
{
    public override string Name => "events: a page of 100 after an id, of 10 000";
}

public abstract class PageRatio(int stored) : ReadRatio(stored)
{
    private const int Page = 100;

    private readonly EventId _after = EventId.Last(At(stored / 2));

    public override double Limit => 1.15;

    public override int Repeats => 100;

    public override async ValueTask Ours() => Require(await CountAsync(Views.After(_after).Take(Page)), Page);

    public override async ValueTask Theirs() => Require(await ByHandAsync(_after, EventId.Last(DateTimeOffset.MaxValue), Page), Page);
}

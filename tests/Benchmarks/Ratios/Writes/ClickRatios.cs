namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>Clicks of 1 000 pages, rolled up into three intervals on PostgreSQL.</summary>
public abstract class ClickRatio(string name, double limit, int points, int connections = 1) : PostgresRatio<Click>(name, limit, connections)
{
    private const int Minutes = 10;
    private const int Keys = 1_000;

    private HandWrittenClicks? _byHand;

    protected Click[] Clicks { get; } = Make(points);

    private protected HandWrittenClicks ByHand => _byHand!;

    protected override string Comparison => "select " + string.Join(" and ", HandWrittenClicks.Intervals.Select(interval =>
        $"(select count(*) filter (where c.page is null or h.page is null) = 0 and count(*) > 0 from click_{interval} c full join hand_{interval} h using (page, bucket, value))"));

    protected override Task PrepareAsync()
    {
        _byHand = new HandWrittenClicks(Source);
        return _byHand.CreateTablesAsync();
    }

    private static Click[] Make(int points)
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(0, points).Select(_ => new Click { Page = $"/page/{random.Next(Keys)}", At = start.AddSeconds(random.Next(Minutes * 60)) })];
    }
}

/// <summary>All of them in one list.</summary>
public sealed class MillionClicks() : ClickRatio("insert 1 000 000 points, Count, one list, PostgreSQL", limit: 1 / 0.9, points: 1_000_000)
{
    public override int Pairs => 5;

    public override int WarmUpPairs => 1;

    public override async ValueTask Ours() => await Click.In(Store).InsertAsync(Clicks);

    public override async ValueTask Theirs() => await ByHand.InsertAsync(Clicks);
}

/// <summary>Lists of 5 000, by 8 callers at once: theirs on a connection each, in a transaction each.</summary>
public sealed class ClickLists() : ClickRatio("insert lists of 5 000, Count, 8 callers, PostgreSQL", limit: 1 / 1.5, points: 200_000, connections: 8)
{
    private const int List = 5_000;

    public override async ValueTask Ours() =>
        await Callers.RunAsync(8, Clicks.Length / List, async n => await Click.In(Store).InsertAsync(new ArraySegment<Click>(Clicks, n * List, List)));

    public override async ValueTask Theirs() =>
        await Callers.RunAsync(8, Clicks.Length / List, async n => await ByHand.InsertAsync(new ArraySegment<Click>(Clicks, n * List, List)));
}

/// <summary>
/// Eight stores that write the same buckets at the same time; by hand eight connections that upsert the same sorted rows. A deadlock on either side ends the
/// run.
/// </summary>
public sealed class SameBuckets() : ClickRatio("insert into the same buckets, Count, 8 stores, PostgreSQL", limit: 1.0, points: 20_000, connections: 8)
{
    private const int Writers = 8;
    private const int Rounds = 3;

    private readonly List<TypedStore> _stores = [];

    public override async ValueTask Ours()
    {
        await Task.WhenAll(_stores.Select(async store =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await Click.In(store).InsertAsync(Clicks);
            }
        }));
        await CheckAsync();
    }

    public override async ValueTask Theirs()
    {
        await Callers.RunAsync(Writers, Writers * Rounds, async _ => await ByHand.InsertAsync(Clicks));
        await CheckAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        while (_stores.Count < Writers)
        {
            _stores.Add(await TypedStore.OpenAsync(o => o.Only<Click>().UseNpgsql(ConnectionString)));
        }
    }

    private async Task CheckAsync()
    {
        await using var command = Source.CreateCommand("select deadlocks from pg_stat_database where datname = current_database()");
        if (await command.ExecuteScalarAsync() is not 0L)
        {
            throw new InvalidOperationException("Writers have deadlocked.");
        }
    }
}

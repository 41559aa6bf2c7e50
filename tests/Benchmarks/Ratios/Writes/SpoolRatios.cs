using Typed.Generated;
using Typed.Tests.Harness.Files;
using Typed.Writing.Spool;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>Posting a point with a spool, which is brought to disk every 10 ms, against posting it into memory alone. Nobody waits on either side.</summary>
public sealed class SpooledPost : IRatio
{
    private const int Items = 20_000;
    private const int Capacity = 1_000_000;

    private readonly TempFolder _folder = new();
    private readonly SqliteFile _spooledFile = new();
    private readonly SqliteFile _file = new();
    private readonly DateTimeOffset _at = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
    private TypedStore? _spooled;
    private TypedStore? _plain;

    public string Name => "post one point, with a spool";

    public double Limit => 5;

    public async Task SetUpAsync()
    {
        _spooled = await OpenAsync(_spooledFile, o => o.Spool = _folder.File("spool"));
        _plain = await OpenAsync(_file, _ => { });
        for (var round = 0; round < 50; round++)
        {
            await Ours();
            await Theirs();
            await _spooled.FlushAsync();
            await _plain.FlushAsync();
            await Task.Delay(20);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Post(_spooled);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Once a second the time is noted, and a segment is begun now and then.
        if (allocated > Items)
        {
            throw new InvalidOperationException($"Posting {Items} points allocated {allocated} bytes.");
        }
    }

    public void Prepare()
    {
        _spooled!.FlushAsync().AsTask().GetAwaiter().GetResult();
        _plain!.FlushAsync().AsTask().GetAwaiter().GetResult();
    }

    public ValueTask Ours()
    {
        Post(_spooled!);
        return ValueTask.CompletedTask;
    }

    public ValueTask Theirs()
    {
        Post(_plain!);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await (_spooled?.DisposeAsync() ?? default);
        await (_plain?.DisposeAsync() ?? default);
        _spooledFile.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    private static ValueTask<TypedStore> OpenAsync(SqliteFile file, Action<TypedOptionsBuilder> configure) => TypedStore.OpenAsync(options =>
    {
        options.Only<Hit>().UseSqlite(file.ConnectionString);
        options.Capacity = Capacity;
        configure(options);
    });

    private void Post(TypedStore store)
    {
        var hits = Hit.In(store);
        for (var i = 0; i < Items; i++)
        {
            var posted = hits.Post(Keys.Of(i), 1, _at);
            if (!posted.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("The store is full.");
            }
        }
    }
}

/// <summary>A million points that an earlier run has left in its spool, against inserting as many.</summary>
public sealed class SpoolReplay() : PostgresRatio<Sample>("replay 1 000 000 spooled points, Series, PostgreSQL", limit: 1 / 0.8), IRatio
{
    private const int Points = 1_000_000;
    private const int Sensors = 1_000;

    private readonly TempFolder _folder = new();
    private readonly DateTimeOffset _start = new(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);
    private Sample[] _points = [];
    private int _round;

    public override int Pairs => 5;

    public override int WarmUpPairs => 1;

    /// <summary>A process has posted the points and was killed.</summary>
    public void Prepare()
    {
        _round++;
        _points = [.. Enumerable.Range(0, Points).Select(i => new Sample
        {
            Sensor = $"sensor {i % Sensors}", Value = i, At = _start.AddMilliseconds((_round * (long)Points) + i),
        })];
        var lane = SeriesBindings.In<Sample, Sample.Key, double>(Store).Plan.Lane;
        using var log = new SpoolLog(new() { Folder = Spool });
        var spooled = new SpoolLane(1, lane.SpoolLayout);
        var record = RecordWriter.OfThread;
        foreach (var point in _points)
        {
            spooled.Begin(record.Payload);
            lane.Write(record, lane.Accept(new(point.Sensor), point.Value, point.At.ToUnixTimeMilliseconds() * 1_000));
            lock (log.Sync)
            {
                if (!log.TryAppend(spooled, record.Payload.Written, out _))
                {
                    throw new InvalidOperationException("The spool is full.");
                }
            }
        }
    }

    public override async ValueTask Ours()
    {
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<Sample>().UseNpgsql(ConnectionString);
            o.Spool = Spool;
        });
        await store.FlushAsync();
    }

    public override async ValueTask Theirs() => await Sample.In(Store).InsertAsync(_points);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task PrepareAsync()
    {
        Prepare();
        return Task.CompletedTask;
    }

    private string Spool => _folder.File($"spool{_round}");
}

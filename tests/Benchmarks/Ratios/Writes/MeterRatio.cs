using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Typed.Telemetry.Meters;
using Typed.Tests.Harness.Files;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>
/// Measurements with two tags that are recorded, against the same instruments with a listener that adds them up under a lock by a struct of the tags, as a
/// careful developer would write it. Neither side allocates.
/// </summary>
public abstract class MeterRatio : IRatio
{
    private const int Items = 50_000;

    private readonly SqliteFile _file = new();
    private readonly Meter _ours = new($"ours-{Guid.NewGuid():N}");
    private readonly Meter _theirs = new($"theirs-{Guid.NewGuid():N}");
    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string, string), (double Sum, long Count)> _sums = [];
    private TypedStore? _store;
    private MeterRecorder? _recorder;

    public abstract string Name { get; }

    public double Limit => 2;

    /// <summary>Makes an instrument, and what measures with it.</summary>
    protected abstract Action<string> Measure(Meter meter);

    public async Task SetUpAsync()
    {
        _store = await TypedStore.OpenAsync(options => options.Only<Hit>().Include(TelemetryModules.Meters).UseSqlite(_file.ConnectionString));
        _recorder = new(new TypedMeterOptions { Interval = TimeSpan.FromHours(1) }.Add(_ours.Name), new(_store), TimeProvider.System, new(NullLoggerFactory.Instance));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _theirs)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            var key = ((string)tags[0].Value!, (string)tags[1].Value!);
            lock (_sums)
            {
                var (sum, count) = _sums.GetValueOrDefault(key);
                _sums[key] = (sum + value, count + 1);
            }
        });
        _listener.Start();
        (MeasureOurs, MeasureTheirs) = (Measure(_ours), Measure(_theirs));
        Run(MeasureOurs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(MeasureOurs);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > 0)
        {
            throw new InvalidOperationException($"{Items} measurements allocated {allocated} bytes.");
        }
    }

    private Action<string> MeasureOurs { get; set; } = _ => { };

    private Action<string> MeasureTheirs { get; set; } = _ => { };

    public ValueTask Ours()
    {
        Run(MeasureOurs);
        return ValueTask.CompletedTask;
    }

    public ValueTask Theirs()
    {
        Run(MeasureTheirs);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _recorder?.Dispose();
        _listener.Dispose();
        _ours.Dispose();
        _theirs.Dispose();
        await (_store?.DisposeAsync() ?? default);
        _file.Dispose();
    }

    private static void Run(Action<string> measure)
    {
        for (var i = 0; i < Items; i++)
        {
            measure(Keys.Of(i));
        }
    }
}

public sealed class CounterRatio : MeterRatio
{
    public override string Name => "record 50 000 measurements of a counter, two tags";

    protected override Action<string> Measure(Meter meter)
    {
        var counter = meter.CreateCounter<double>("orders");
        return route => counter.Add(1, new("route", route), new("method", "GET"));
    }
}

public sealed class HistogramRatio : MeterRatio
{
    private double _next;

    public override string Name => "record 50 000 measurements of a histogram, two tags";

    protected override Action<string> Measure(Meter meter)
    {
        var histogram = meter.CreateHistogram<double>("duration");
        return route => histogram.Record(_next = (_next + 0.37) % 250, new("route", route), new("method", "GET"));
    }
}

using JasperFx;
using JasperFx.Events;
using Marten;
using Typed.Benchmarks.Ratios;
using Typed.Benchmarks.Ratios.Writes;

namespace Typed.Benchmarks.Streams;

/// <summary>Events of the same class, appended by Marten in its quick mode to a stream per call, so that no two calls are in each other's way.</summary>
public abstract class MartenRatio(string name, double limit, int callers, int calls) : PostgresRatio<PageView>(name, limit, callers)
{
    private readonly int _callers = callers;
    private readonly Guid[] _streams = [.. Enumerable.Range(0, calls).Select(_ => Guid.NewGuid())];
    private DocumentStore? _marten;

    public override int Pairs => 5;

    // Both sides have code for each class that .NET compiles anew once it is known to be hot, which takes some calls.
    public override int WarmUpPairs => 6;

    public override async ValueTask Ours() => await Callers.RunAsync(_callers, calls, PutAsync);

    public override async ValueTask Theirs() => await Callers.RunAsync(_callers, calls, async n =>
    {
        await using var session = _marten!.LightweightSession();
        session.Events.Append(_streams[n], Events(n));
        await session.SaveChangesAsync();
    });

    public override async ValueTask DisposeAsync()
    {
        if (_marten is not null)
        {
            await _marten.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task PrepareAsync()
    {
        _marten = DocumentStore.For(options =>
        {
            options.Connection(ConnectionString);
            options.AutoCreateSchemaObjects = AutoCreate.All;
            options.Events.AppendMode = EventAppendMode.Quick;
            options.Events.AddEventType<PageView>();
        });
        await _marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = _marten.LightweightSession();
        foreach (var stream in _streams)
        {
            session.Events.StartStream(stream, SampleEvents.PageView);
        }

        await session.SaveChangesAsync();
    }

    /// <summary>Puts the events of a call.</summary>
    protected abstract ValueTask PutAsync(int call);

    /// <summary>The events of a call.</summary>
    protected abstract object[] Events(int call);
}

/// <summary>Lists of 5 000, one after the other.</summary>
public sealed class MartenLists() : MartenRatio("events: put lists of 5 000, against Marten", limit: 1 / 4.0, callers: 1, calls: 4)
{
    private const int List = 5_000;

    protected override async ValueTask PutAsync(int call) =>
        await PageView.In(Store).PutAsync(new ArraySegment<PageView>(SampleEvents.Many, call * List, List));

    protected override object[] Events(int call) => [.. new ArraySegment<PageView>(SampleEvents.Many, call * List, List)];
}

/// <summary>One event a call, by 16 callers.</summary>
public sealed class MartenSingles() : MartenRatio("events: put single events, 16 callers, against Marten", limit: 1 / 5.0, callers: 16, calls: 800)
{
    protected override async ValueTask PutAsync(int call) => await PageView.In(Store).PutAsync(SampleEvents.Many[call]);

    protected override object[] Events(int call) => [SampleEvents.Many[call]];
}

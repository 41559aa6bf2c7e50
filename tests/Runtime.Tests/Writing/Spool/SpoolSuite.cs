using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Files;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>The base of suites about spools: a folder of the test's own.</summary>
public abstract class SpoolSuite(DatabaseServer server) : StoreSuite(server), IDisposable
{
    private readonly TempFolder _folder = new();

    protected string Folder => _folder.File("spool");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }

    /// <summary>A store with the test's spool.</summary>
    protected ValueTask<TypedStore> OpenSpooledAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(o =>
    {
        o.Only<LateSeries>().Only<LateEvent>().Only<LateGauge>();
        o.Spool = Folder;
        o.WriteTimeout = TimeSpan.FromSeconds(20);
        configure?.Invoke(o);
    });

    /// <summary>Posts while nothing gets into the database, and leaves all of it in the spool.</summary>
    protected async Task LeaveAsync(Func<TypedStore, Task> post, Action<TypedOptionsBuilder>? configure = null)
    {
        var store = await OpenSpooledAsync(o =>
        {
            o.ShutdownTimeout = TimeSpan.FromSeconds(0.3);
            configure?.Invoke(o);
        });
        await using (await Database.HoldAsync())
        {
            await post(store);
            await store.DisposeAsync();
        }
    }

    /// <summary>The values of the points of a key and of all events, as they are stored.</summary>
    protected async Task<(long[] Points, long[] Events)> StoredAsync(string key = "k")
    {
        await using var store = await OpenAsync(o => o.Only<LateSeries>().Only<LateEvent>());
        var points = (await LateSeries.In(store).Day.GetAsync(key)).Value;
        var events = await ListAsync(LateEvent.In(store).All());
        return ([.. points], [.. events.Select(e => e.Body.Value)]);
    }

    protected static long[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];

    protected string[] Segments() => [.. Directory.GetFiles(Folder, "*.spool").Order(StringComparer.Ordinal)];
}

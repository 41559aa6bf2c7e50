using Microsoft.Extensions.Time.Testing;
using Typed.Tests.Harness.Databases;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>One store with all declared classes, and its clock. Opening one per scenario would take longer than replaying it.</summary>
public sealed class ScenarioStore : IAsyncDisposable
{
    private readonly EmptyDatabase _database;
    private readonly Dictionary<(string Class, string Space), IStreamTarget> _used = [];

    private ScenarioStore(EmptyDatabase database, TypedStore store, FakeTimeProvider clock) => (_database, Store, Clock) = (database, store, clock);

    public TypedStore Store { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<ScenarioStore> OpenAsync(DatabaseServer server)
    {
        var database = await server.CreateAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var store = await TypedStore.OpenAsync(options =>
        {
            database.Choose(options);
            options.Include(ScenarioAssembly.Classes.Module);
            options.TimeProvider = clock;
        });
        return new ScenarioStore(database, store, clock);
    }

    /// <summary>A new handle; the next scenario empties what it leads to.</summary>
    public IStreamTarget In(string className, string space) => _used[(className, space)] = ScenarioAssembly.Classes.In(Store, className, space);

    /// <summary>Empties what scenarios have used.</summary>
    public async ValueTask EmptyAsync()
    {
        foreach (var target in _used.Values)
        {
            await target.DeleteAllAsync();
        }

        _used.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
    }
}

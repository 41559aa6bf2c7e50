using Microsoft.Extensions.Time.Testing;
using Typed.Tests.Harness.Databases;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>One store with all declared classes, and its clock. Opening one per scenario would take longer than replaying it.</summary>
public sealed class ScenarioStore : IAsyncDisposable
{
    private readonly EmptyDatabase _database;

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

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
    }
}

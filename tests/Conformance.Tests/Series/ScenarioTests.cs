using Typed.Conformance.Tests.Series.Scenarios;
using Typed.Tests.Harness.Databases;

namespace Typed.Conformance.Tests.Series;

/// <summary>scenarios.json: what inserts, reads and retention do, through really generated classes on real databases.</summary>
public abstract class ScenarioTests(ScenarioFixture fixture)
{
    public static TheoryData<string> Cases => [.. Scenario.Replayed.Select(scenario => scenario.Id)];

    [Theory, MemberData(nameof(Cases))]
    public async Task Replays(string id) => await Replay.RunAsync(Scenario.All[id], await fixture.StoreAsync());
}

public sealed class ScenariosOnSqlite(ScenariosOnSqlite.Fixture fixture) : ScenarioTests(fixture), IClassFixture<ScenariosOnSqlite.Fixture>
{
    public sealed class Fixture() : ScenarioFixture(DatabaseServer.Sqlite);
}

public sealed class ScenariosOnPostgres(ScenariosOnPostgres.Fixture fixture) : ScenarioTests(fixture), IClassFixture<ScenariosOnPostgres.Fixture>
{
    public sealed class Fixture() : ScenarioFixture(DatabaseServer.Postgres);
}

/// <summary>The store of one database, opened by the first scenario, which is skipped, as all others are, where there is no server.</summary>
public abstract class ScenarioFixture(DatabaseServer server) : IAsyncDisposable
{
    private Task<ScenarioStore>? _store;

    public Task<ScenarioStore> StoreAsync() => _store ??= ScenarioStore.OpenAsync(server);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is { IsCompletedSuccessfully: true })
        {
            await (await _store).DisposeAsync();
        }
    }
}

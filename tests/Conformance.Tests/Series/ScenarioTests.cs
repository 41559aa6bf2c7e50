using Typed.Conformance.Tests.Series.Scenarios;
using Typed.Tests.Harness.Databases;

namespace Typed.Conformance.Tests.Series;

/// <summary>scenarios.json: what inserts, reads and retention do, through really generated classes on real databases.</summary>
public abstract class ScenarioTests(ScenarioFixture fixture)
{
    public static TheoryData<string> Cases => [.. Scenario.Replayed.Select(scenario => scenario.Id)];

    [DatabaseTheory, MemberData(nameof(Cases))]
    public async Task Replays(string id) => await Replay.RunAsync(Scenario.All[id], await fixture.StoreAsync());
}

public sealed class ScenariosOnSqlite(ScenariosOnSqlite.Fixture fixture) : ScenarioTests(fixture), IClassFixture<ScenariosOnSqlite.Fixture>
{
    public sealed class Fixture() : ScenarioFixture(DatabaseServer.Sqlite);
}

[NeedsPostgres]
public sealed class ScenariosOnPostgres(ScenariosOnPostgres.Fixture fixture) : ScenarioTests(fixture), IClassFixture<ScenariosOnPostgres.Fixture>
{
    public sealed class Fixture() : ScenarioFixture(DatabaseServer.Postgres);
}

/// <summary>The store of one database, opened at the first scenario: never where all are skipped.</summary>
public abstract class ScenarioFixture(DatabaseServer server) : IAsyncLifetime
{
    private Task<ScenarioStore>? _store;

    public Task<ScenarioStore> StoreAsync() => _store ??= ScenarioStore.OpenAsync(server);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_store is { IsCompletedSuccessfully: true })
        {
            await (await _store).DisposeAsync();
        }
    }
}

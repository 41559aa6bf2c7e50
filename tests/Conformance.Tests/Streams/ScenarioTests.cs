using Typed.Conformance.Tests.Streams.Scenarios;
using Typed.Tests.Harness.Databases;

namespace Typed.Conformance.Tests.Streams;

/// <summary>scenarios.json: what puts, reads, deletion and inference do, through really generated classes on real databases.</summary>
public abstract class ScenarioTests(ScenarioFixture fixture)
{
    public static TheoryData<string> Cases => [.. Scenario.All.Keys];

    [DatabaseTheory, MemberData(nameof(Cases))]
    public async Task Replays(string id) => await Replay.RunAsync(Scenario.All[id], await fixture.StoreAsync());
}

public sealed class StreamScenariosOnSqlite(StreamScenariosOnSqlite.Fixture fixture) : ScenarioTests(fixture), IClassFixture<StreamScenariosOnSqlite.Fixture>
{
    public sealed class Fixture() : ScenarioFixture(DatabaseServer.Sqlite);
}

[NeedsPostgres]
public sealed class StreamScenariosOnPostgres(StreamScenariosOnPostgres.Fixture fixture) : ScenarioTests(fixture), IClassFixture<StreamScenariosOnPostgres.Fixture>
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

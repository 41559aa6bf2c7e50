using Typed.Conformance.Tests.Streams.Scenarios;
using Typed.Tests.Harness.Databases;

namespace Typed.Conformance.Tests.Streams;

/// <summary>scenarios.json: what puts, reads, deletion and inference do, through really generated classes on real databases.</summary>
public abstract class ScenarioTests(ScenarioFixture fixture)
{
    public static TheoryData<string> Cases => [.. Scenario.All.Keys];

    [Theory, MemberData(nameof(Cases))]
    public async Task Replays(string id) => await Replay.RunAsync(Scenario.All[id], await fixture.StoreAsync());
}

public sealed class StreamScenariosOnSqlite(StreamScenariosOnSqlite.Fixture fixture) : ScenarioTests(fixture), IClassFixture<StreamScenariosOnSqlite.Fixture>
{
    public sealed class Fixture() : ScenarioFixture(DatabaseServer.Sqlite);
}

public sealed class StreamScenariosOnPostgres(StreamScenariosOnPostgres.Fixture fixture) : ScenarioTests(fixture), IClassFixture<StreamScenariosOnPostgres.Fixture>
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

using Typed.Generated;
using Typed.Streams.Following;

namespace Typed.Benchmarks.Ratios.Following;

/// <summary>A look at an idle stream of a million events, against ten empty round trips: what is looked at hardly counts.</summary>
public sealed class IdleTailRatio() : PostgresRatio<Watched>("follow: ten looks at an idle stream of 1 000 000 events, PostgreSQL", limit: 3)
{
    private const int Looks = 10;

    private Func<ValueTask>? _look;

    public override async ValueTask Ours()
    {
        for (var i = 0; i < Looks; i++)
        {
            await _look!();
        }
    }

    public override async ValueTask Theirs()
    {
        for (var i = 0; i < Looks; i++)
        {
            await using var command = Source.CreateCommand("select 1");
            await command.ExecuteScalarAsync();
        }
    }

    protected override async Task PrepareAsync()
    {
        var stream = Watched.In(Store);
        for (var n = 0; n < 1_000_000; n += 20_000)
        {
            await stream.PutAsync(Enumerable.Range(n, 20_000).Select(each => new Watched($"/products/{each}", "Firefox", 140, [])));
        }

        await using (var vacuum = Source.CreateCommand("vacuum analyze watched"))
        {
            await vacuum.ExecuteNonQueryAsync();
        }

        var end = await stream.EndPositionAsync();
        var table = Store.TablesOf(typeof(Watched)).Stream(Declarations.Definition<Watched>()).Table;
        var statement = Store.Following.Statements(table).State;
        _look = async () => _ = await Store.Scope.ReadAsync(
            new("new events", "watched"), statement, () => new FollowStateQuery("default", end), CancellationToken.None);
    }
}

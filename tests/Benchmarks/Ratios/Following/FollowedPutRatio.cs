using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Following;

[EventStream(Follow = true)]
public partial record Watched(string Url, string Browser, int Version, string[] Tags);

[EventStream]
public partial record Unwatched(string Url, string Browser, int Version, string[] Tags);

/// <summary>Events into a stream that can be followed, and into one that cannot.</summary>
public abstract class FollowedPutRatio(DatabaseServer server, string name) : IRatio
{
    private const int Events = 20_000;

    private readonly Watched[] _watched = [.. Enumerable.Range(0, Events).Select(n => new Watched($"/products/{n}", "Firefox", 140, ["new", "sale"]))];
    private readonly Unwatched[] _unwatched = [.. Enumerable.Range(0, Events).Select(n => new Unwatched($"/products/{n}", "Firefox", 140, ["new", "sale"]))];

    // A database each: SQLite moves its log into the file every so often, and whoever comes then would pay for both.
    private readonly (EmptyDatabase? Database, TypedStore? Store)[] _stores = new (EmptyDatabase?, TypedStore?)[2];

    public string Name => $"events: put 20 000, with Follow, {name}";

    public double Limit => 1 / 0.9;

    public async Task SetUpAsync()
    {
        for (var i = 0; i < _stores.Length; i++)
        {
            var database = await server.CreateAsync();
            _stores[i] = (database, null);
            _stores[i].Store = await TypedStore.OpenAsync(o =>
            {
                database.Choose(o);
                o.Only<Watched>().Only<Unwatched>();
            });
        }
    }

    public async ValueTask Ours() => await Watched.In(_stores[0].Store!).PutAsync(_watched);

    public async ValueTask Theirs() => await Unwatched.In(_stores[1].Store!).PutAsync(_unwatched);

    public async ValueTask DisposeAsync()
    {
        foreach (var (database, store) in _stores)
        {
            await (store?.DisposeAsync() ?? default);
            await (database?.DisposeAsync() ?? default);
        }

        GC.SuppressFinalize(this);
    }
}

public sealed class FollowedPutOnPostgres() : FollowedPutRatio(DatabaseServer.Postgres, "PostgreSQL");

public sealed class FollowedPutOnSqlite() : FollowedPutRatio(DatabaseServer.Sqlite, "SQLite");

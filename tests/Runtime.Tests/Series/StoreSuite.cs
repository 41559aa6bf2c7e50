using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>
/// An abstract suite's base: every test gets an empty database and a clock that stands still. A suite derives once per database, and
/// <see cref="ComplianceTests"/> says so.
/// </summary>
public abstract class StoreSuite(DatabaseServer server) : IAsyncLifetime
{
    /// <summary>A Saturday; the middle of an hour, a day, an ISO week, a month and a year.</summary>
    protected static readonly DateTimeOffset Noon = new(2026, 3, 21, 12, 34, 56, TimeSpan.Zero);

    private EmptyDatabase? _database;

    internal DatabaseServer Server => server;

    protected StoppedClock Clock { get; } = new(Noon);

    protected EmptyDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await server.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>A store of one declared type.</summary>
    protected ValueTask<TypedStore> OpenAsync<T>(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(options =>
    {
        options.Only<T>();
        configure?.Invoke(options);
    });

    /// <summary>A store on the test's database; the clock is the test's.</summary>
    protected ValueTask<TypedStore> OpenAsync(Action<TypedOptionsBuilder> configure) => TypedStore.OpenAsync(options =>
    {
        Database.Choose(options);
        options.TimeProvider = Clock;
        configure(options);
    });

    protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}

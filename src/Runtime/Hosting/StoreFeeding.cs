using Typed.Consuming.Feeding;
using Typed.Diagnostics;
using Typed.Schema;
using Typed.Streams.Following;
using Typed.Writing;

namespace Typed.Hosting;

/// <summary>What feeds series after the events of a store, for as long as that lives.</summary>
/// <param name="declarations">The types of the store.</param>
/// <param name="tables">Its tables.</param>
/// <param name="engine">Its database's engine.</param>
internal sealed class StoreFeeding(DeclarationSet declarations, ModelTables tables, Engine engine) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Whether a stream of some types feeds a series of them later.</summary>
    public static bool IsNeeded(DeclarationSet declarations) => Handles(declarations).Any(handle => handle.FeedsLater(declarations.Contains));

    /// <summary>Notes where feeding begins that nobody has begun.</summary>
    /// <param name="scope">The database, which the store is about to open.</param>
    /// <param name="following">What followers share in that scope.</param>
    /// <param name="positions">The positions in that scope.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask PrepareAsync(
        StoreScope scope, StoreFollowing following, StoreConsumers positions, CancellationToken cancellationToken)
    {
        foreach (var feeder in Feeders(scope, following, positions))
        {
            await feeder.PrepareAsync(engine.IsTableMissing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins to feed.</summary>
    public void Start(StoreScope scope, StoreFollowing following, StoreConsumers positions)
    {
        lock (_lock)
        {
            if (!_closing.IsCancellationRequested)
            {
                _running = Task.WhenAll(Feeders(scope, following, positions).Select(
                    feeder => CleanContext.RunAsync(static of => of.Feeder.RunAsync(of.Token), (Feeder: feeder, _closing.Token))));
            }
        }
    }

    /// <summary>Waits until every event that is committed now has fed its points.</summary>
    public async ValueTask WaitAsync(StoreScope scope, StoreFollowing following, StoreConsumers positions, CancellationToken cancellationToken)
    {
        foreach (var feeder in Feeders(scope, following, positions))
        {
            await feeder.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            _closing.Cancel();
            running = _running;
        }

        await running.ConfigureAwait(false);
    }

    private LateFeeder[] Feeders(StoreScope scope, StoreFollowing following, StoreConsumers positions) =>
        [.. Handles(declarations).Select(handle => handle.NewFeeder(scope, tables, following, positions, declarations.Contains)).OfType<LateFeeder>()];

    private static IEnumerable<StoreHandle> Handles(DeclarationSet declarations) =>
        declarations.All.Select(declaration => declaration.Handle).OfType<StoreHandle>();
}

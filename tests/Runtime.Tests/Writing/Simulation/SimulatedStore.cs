using Microsoft.Extensions.Logging;
using Typed.Diagnostics;
using Typed.Storage;
using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>A writer on a <see cref="SimulatedDatabase"/>, and short names for what tests do with it.</summary>
internal sealed class SimulatedStore(SimulatedDatabase database, WriteOptions options, ILoggerFactory? loggers = null)
{
    /// <summary>Longer than anything here may take: what takes longer never ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public StoreWriter Writer { get; } = new(database, new RetryPolicy(database), options, TimeProvider.System)
    {
        Fence = new Sql("fence"),
        Sequence = new Sql("sequence"),
        Telemetry = new StoreTelemetry(database.Place, database.Address, loggers),
    };

    public SimulatedLane Lane { get; init; } = new("table");

    /// <summary>A key of one of the store's flushers.</summary>
    public string KeyOf(int flusher) =>
        Enumerable.Range(0, 1_000).Select(i => $"k{i}").First(key => (uint)Lane.HashOf(new Item(key, 0)) % (uint)options.Writers == flusher);

    public Task WriteAsync(params Item[] items) => WriteAsync(Lane, CancellationToken.None, items);

    public Task WriteAsync(CancellationToken cancellationToken, params Item[] items) => WriteAsync(Lane, cancellationToken, items);

    public Task WriteAsync(SimulatedLane lane, CancellationToken cancellationToken, params Item[] items) =>
        Writer.WriteAsync(new SimulatedWrite(lane, [.. items], WriteMode.Call, Writer), cancellationToken).AsTask();

    public ValueTask PostAsync(Item item) => Writer.PostAsync(Lane, item, CancellationToken.None);

    public Task FlushAsync() => Writer.FlushAsync(CancellationToken.None).AsTask();

    /// <summary>Waits for a state of the store or the database.</summary>
    public static async Task UntilAsync(Func<bool> state)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!state())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}

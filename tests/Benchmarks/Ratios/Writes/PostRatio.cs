using System.Threading.Channels;
using Typed.Tests.Harness.Files;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>
/// Posting a point, against writing the same struct into a bounded channel that somebody reads. Both sides are given less than they take, so nobody waits. The
/// bytes are those of all threads: ours include the flushes, and posting itself allocates none.
/// </summary>
public sealed class PostRatio : IRatio
{
    private const int Items = 20_000;
    private const int Capacity = 1_000_000;

    private readonly SqliteFile _file = new();
    private readonly DateTimeOffset _at = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly Channel<Item> _channel = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private TypedStore? _store;
    private Hit.Handle? _hits;
    private Task? _reader;
    private long _read;

    public string Name => "post one point";

    public double Limit => 3;

    public async Task SetUpAsync()
    {
        _store = await TypedStore.OpenAsync(options =>
        {
            options.Only<Hit>().UseSqlite(_file.ConnectionString);
            options.Capacity = Capacity;
        });
        _hits = Hit.In(_store);
        _reader = Task.Run(async () =>
        {
            await foreach (var item in _channel.Reader.ReadAllAsync())
            {
                _read += item.Hits;
            }
        });

        // The runtime needs a while until it has settled on its final code.
        for (var round = 0; round < 50; round++)
        {
            await Ours();
            await _store.FlushAsync();
            await Task.Delay(20);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Post();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > 0)
        {
            throw new InvalidOperationException($"Posting {Items} points allocated {allocated} bytes.");
        }
    }

    public ValueTask Ours()
    {
        Post();
        return ValueTask.CompletedTask;
    }

    public ValueTask Theirs()
    {
        for (var i = 0; i < Items; i++)
        {
            if (!_channel.Writer.TryWrite(new Item(Keys.Of(i), 1, _at)))
            {
                throw new InvalidOperationException("The channel is full.");
            }
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await (_reader ?? Task.CompletedTask);
        await (_store?.DisposeAsync() ?? default);
        _file.Dispose();
    }

    private void Post()
    {
        for (var i = 0; i < Items; i++)
        {
            var posted = _hits!.Post(Keys.Of(i), 1, _at);
            if (!posted.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("The store is full.");
            }
        }
    }

    private readonly record struct Item(string Route, long Hits, DateTimeOffset At);
}

namespace Typed.Benchmarks.Ratios.Following;

/// <summary>From a put until a follower of another store has the event, against a put and the 5 ms that it may take at the median.</summary>
public sealed class FollowLatency() : PostgresRatio<Watched>("follow: put until another store has it, against 5 ms, PostgreSQL", limit: 1)
{
    private const int Puts = 20;

    private static readonly TimeSpan s_allowed = TimeSpan.FromMilliseconds(5);

    private readonly Watched _event = new("/products/1", "Firefox", 140, []);
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly CancellationTokenSource _stop = new();
    private TypedStore? _other;
    private Task _following = Task.CompletedTask;

    public override async ValueTask Ours()
    {
        for (var i = 0; i < Puts; i++)
        {
            await Watched.In(Store).PutAsync(_event);
            await _arrived.WaitAsync();
        }
    }

    public override async ValueTask Theirs()
    {
        for (var i = 0; i < Puts; i++)
        {
            await Watched.In(Store, "elsewhere").PutAsync(_event);
            await Task.Delay(s_allowed);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (_other?.DisposeAsync() ?? default);
        _stop.Dispose();
        _arrived.Dispose();
        await base.DisposeAsync();
    }

    protected override async Task PrepareAsync()
    {
        _other = await TypedStore.OpenAsync(o => o.Only<Watched>().UseNpgsql(ConnectionString));
        _following = Task.Run(async () =>
        {
            await foreach (var one in Watched.In(_other).Follow(cancellationToken: _stop.Token))
            {
                _ = one.Position;
                _arrived.Release();
            }
        });
    }
}

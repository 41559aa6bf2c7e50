using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging.Abstractions;
using Typed.AspNetCore;
using Typed.Tests.Harness.Files;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>
/// A request through the middleware, against a middleware by hand that takes the same figures and writes them into a bounded channel that somebody reads. The
/// request itself does nothing. Ours allocates nothing on the request's thread; the bytes are those of all threads, flushes included.
/// </summary>
public sealed class RequestRatio : IRatio
{
    private const int Items = 20_000;
    private const int Capacity = 1_000_000;

    private readonly SqliteFile _file = new();
    private readonly Channel<Item> _channel = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly HttpContext[] _contexts = [.. Enumerable.Range(0, 20).Select(Context)];
    private RequestDelegate _ours = _ => Task.CompletedTask;
    private RequestDelegate _theirs = _ => Task.CompletedTask;
    private RequestRecorder? _recorder;
    private TypedStore? _store;
    private Task? _reader;
    private double _read;

    public string Name => "record 20 000 requests";

    public double Limit => 3;

    public async Task SetUpAsync()
    {
        _store = await TypedStore.OpenAsync(options =>
        {
            options.Only<Hit>().Include(TelemetryModules.Requests).UseSqlite(_file.ConnectionString);
            options.Capacity = 2 * Capacity;
        });
        _recorder = new(new TypedRequestOptions().Exclude("/health"), _store, NullLoggerFactory.Instance);
        _ours = new RequestMiddleware(_ => Task.CompletedTask, _recorder).InvokeAsync;
        _theirs = async context =>
        {
            var started = Stopwatch.GetTimestamp();
            await Task.CompletedTask;
            var route = context.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route ?? "";
            var item = new Item(route, context.Request.Method, context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds, DateTimeOffset.UtcNow);
            if (!_channel.Writer.TryWrite(item))
            {
                throw new InvalidOperationException("The channel is full.");
            }
        };
        _reader = Task.Run(async () =>
        {
            await foreach (var item in _channel.Reader.ReadAllAsync())
            {
                _read += item.Milliseconds;
            }
        });
        for (var round = 0; round < 50; round++)
        {
            Run(_ours);
            await _store.FlushAsync();
            await Task.Delay(20);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(_ours);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > 0)
        {
            throw new InvalidOperationException($"Recording {Items} requests allocated {allocated} bytes.");
        }
    }

    public ValueTask Ours()
    {
        Run(_ours);
        return ValueTask.CompletedTask;
    }

    public ValueTask Theirs()
    {
        Run(_theirs);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.Complete();
        await (_reader ?? Task.CompletedTask);
        _recorder?.Dispose();
        await (_store?.DisposeAsync() ?? default);
        _file.Dispose();
    }

    private static DefaultHttpContext Context(int number)
    {
        var context = new DefaultHttpContext();
        context.Request.Path = Keys.Of(number);
        context.Request.Method = "GET";
        context.SetEndpoint(new Endpoint(_ => Task.CompletedTask, new EndpointMetadataCollection(new Route(Keys.Of(number))), displayName: null));
        return context;
    }

    private void Run(RequestDelegate pipeline)
    {
        for (var i = 0; i < Items; i++)
        {
            if (!pipeline(_contexts[i % _contexts.Length]).IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("The request is not answered.");
            }
        }
    }

    private sealed record Route(string Template) : IRouteDiagnosticsMetadata
    {
        string IRouteDiagnosticsMetadata.Route => Template;
    }

    private readonly record struct Item(string Route, string Method, int Status, double Milliseconds, DateTimeOffset At);
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.AspNetCore;

/// <summary>Writes followed events as server-sent events (WHATWG HTML, 9.2).</summary>
internal sealed class TailWriter<TBody>(HttpResponse response, TimeSpan keepAlive)
    where TBody : IFollowedEventBody<TBody>
{
    private static readonly byte[] s_comment = ":\n\n"u8.ToArray();

    /// <summary>
    /// Says where the tail begins: an id without data is noted by browsers and shown to nobody, so that one whose connection breaks before the first event
    /// misses nothing either.
    /// </summary>
    public async ValueTask BeginAsync(StreamPosition position, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await WriteAsync($"id: {position}\n\n", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends events until the listener has gone.</summary>
    public async ValueTask SendAllAsync(IAsyncEnumerable<FollowedEvent<TBody>> events, CancellationToken cancellationToken)
    {
        using var buffer = new BodyBuffer();
        var source = events.GetAsyncEnumerator(cancellationToken);
        await using var _ = source.ConfigureAwait(false);
        while (true)
        {
            var next = source.MoveNextAsync().AsTask();
            while (!next.IsCompleted)
            {
                var quiet = Task.Delay(keepAlive, cancellationToken);
                if (await Task.WhenAny(next, quiet).ConfigureAwait(false) == quiet)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await response.Body.WriteAsync(s_comment, cancellationToken).ConfigureAwait(false);
                    await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            if (!await next.ConfigureAwait(false))
            {
                return;
            }

            var (one, position) = source.Current;
            buffer.Clear();
            buffer.Accept(one.Body, int.MaxValue, index: 0);
            var body = Encoding.UTF8.GetString(buffer.Written.Span);
            var data = $"{{\"id\":\"{one.Id}\",\"time\":\"{one.Time:O}\",\"body\":{body}}}";
            await WriteAsync($"id: {position}\ndata: {data}\n\n", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells a listener that its position is of another history of commits, and gives it the present end instead.</summary>
    public ValueTask RefuseAsync(string message, StreamPosition end, CancellationToken cancellationToken) =>
        WriteAsync($"id: {end}\nevent: restored\ndata: {message.ReplaceLineEndings(" ")}\n\n", cancellationToken);

    private async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}

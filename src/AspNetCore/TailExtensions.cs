using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Typed.AspNetCore;
using Typed.Generated;

namespace Typed;

/// <summary>Sends streams to browsers.</summary>
public static class TailExtensions
{
    /// <summary>
    /// Maps a live tail of a stream as server-sent events: <c>new EventSource("/tail")</c> in a browser gets each event as JSON with <c>id</c>, <c>time</c> and
    /// <c>body</c>, in the order of commits. Each has its position as the event's id, which a browser sends back in <c>Last-Event-ID</c> when it connects
    /// again, so that it misses nothing and gets nothing twice; <c>?position=</c> says one too.
    /// </summary>
    /// <typeparam name="TBody">The declared class, whose stream has <c>Follow = true</c>.</typeparam>
    /// <param name="endpoints">Where it is mapped.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="configure">The namespace, and where listeners begin.</param>
    /// <returns>To add conventions to, such as <c>RequireAuthorization()</c>: a tail shows everything in its namespace.</returns>
    /// <exception cref="ArgumentException"><c>KeepAlive</c> is not above zero.</exception>
    public static IEndpointConventionBuilder MapTypedTail<TBody>(
        this IEndpointRouteBuilder endpoints, string pattern, Action<TypedTailOptions>? configure = null)
        where TBody : IFollowedEventBody<TBody>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = new TypedTailOptions();
        configure?.Invoke(options);
        if (options.KeepAlive <= TimeSpan.Zero)
        {
            throw new ArgumentException($"KeepAlive is {options.KeepAlive}: it is above zero.", nameof(configure));
        }

        return endpoints.MapMethods(pattern, [HttpMethods.Get], (RequestDelegate)(context => SendAsync<TBody>(context, options)));
    }

    private static async Task SendAsync<TBody>(HttpContext context, TypedTailOptions options)
        where TBody : IFollowedEventBody<TBody>
    {
        var stream = EventStreams.Followed<TBody>(context.RequestServices.GetRequiredKeyedService<TypedStore>(options.StoreKey), options.Namespace);
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Typed.AspNetCore.Tail");
        var asked = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : context.Request.Query["position"].ToString();

        // A host that stops does not wait for those who listen: they come back, and go on.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var stopped = ending.Token;
        if (!StreamPosition.TryParse(asked, out var position))
        {
            if (asked.Length > 0)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsync($"'{asked}' is no position of a tail: leave Last-Event-ID and ?position= out.", stopped)
                    .ConfigureAwait(false);
                return;
            }

            position = options.FromStart ? StreamPosition.Start : await stream.EndPositionAsync(stopped).ConfigureAwait(false);
        }

        var writer = new TailWriter<TBody>(context.Response, options.KeepAlive);
        try
        {
            await writer.BeginAsync(position, stopped).ConfigureAwait(false);
            await writer.SendAllAsync(
                stream.OnUnreadable(failure => TailLog.Unreadable(log, TBody.Stream.Name, failure)).Follow(position, stopped), stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The listener has gone.
        }
        catch (StreamPositionException old)
        {
            // A browser would come back with the same position for ever: it is told to begin anew, once.
            await writer.RefuseAsync(old.Message, await stream.EndPositionAsync(stopped).ConfigureAwait(false), stopped).ConfigureAwait(false);
        }
    }
}

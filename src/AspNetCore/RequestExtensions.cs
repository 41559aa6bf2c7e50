using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Typed.AspNetCore;
using Typed.Telemetry;

namespace Typed;

/// <summary>Stores the requests of an application.</summary>
public static class RequestExtensions
{
    /// <summary>
    /// Readies a store for requests, which <see cref="UseTypedRequests"/> then records: <see cref="RequestDuration"/>, and <see cref="RequestEvent"/> where
    /// it is asked for. Their handles are among the services.
    /// </summary>
    /// <param name="services">The services, after <c>AddTyped</c>.</param>
    /// <param name="configure">What is stored.</param>
    /// <exception cref="InvalidOperationException">There is no store, or it is ready already.</exception>
    public static IServiceCollection AddTypedRequests(this IServiceCollection services, Action<TypedRequestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new TypedRequestOptions();
        configure?.Invoke(options);
        TelemetryServices.Add(services, TelemetryModules.Requests, options.StoreKey, nameof(AddTypedRequests), "Say everything in one call.");
        if (options.Events)
        {
            services.AddTypedModule(TelemetryModules.RequestEvents, options.StoreKey);
        }

        return services.AddSingleton(provider => new RequestRecorder(
            options, provider.GetRequiredKeyedService<TypedStore>(options.StoreKey), provider.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>
    /// Records every request that comes here, with the template of its route, its method, its status and how long it took. Call it before what may answer or
    /// fail: first, before handlers of errors.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <exception cref="InvalidOperationException"><see cref="AddTypedRequests"/> was not called, or the store does not hold what requests become.</exception>
    public static IApplicationBuilder UseTypedRequests(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<IServiceProviderIsService>()?.IsService(typeof(RequestRecorder)) == false)
        {
            throw new InvalidOperationException(
                "UseTypedRequests needs its tables: call services.AddTyped(...).AddTypedRequests() before the application is built.");
        }

        return app.Use(next => new RequestMiddleware(next, app.ApplicationServices.GetRequiredService<RequestRecorder>()).InvokeAsync);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Typed.Telemetry;
using Typed.Telemetry.Logs;

namespace Typed;

/// <summary>Stores what an application logs.</summary>
public static class TypedLogExtensions
{
    /// <summary>
    /// Stores log records as <see cref="LogRecord"/>, with the scopes around them, while the host runs; those from before its start too. The default
    /// namespace of the stream is among the services.
    /// </summary>
    /// <param name="services">The services, after <c>AddTyped</c>.</param>
    /// <param name="configure">What is stored.</param>
    /// <exception cref="InvalidOperationException">There is no store, or its logs are stored already.</exception>
    public static IServiceCollection AddTypedLogs(this IServiceCollection services, Action<TypedLogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new TypedLogOptions();
        configure?.Invoke(options);
        TelemetryServices.Add(services, TelemetryModules.Logs, options.StoreKey, nameof(AddTypedLogs), "Say everything in one call.");

        // Made by the container, which disposes it.
        var key = new object();
        services.AddKeyedSingleton<LogSink>(key);
        services.AddSingleton<ILoggerProvider>(provider =>
            new TypedLoggerProvider(options, provider.GetRequiredKeyedService<LogSink>(key), provider.GetService<TimeProvider>()));
        return services.AddSingleton<IHostedService>(provider => new LogService(provider, provider.GetRequiredKeyedService<LogSink>(key), options));
    }

    /// <inheritdoc cref="AddTypedLogs(IServiceCollection, Action{TypedLogOptions}?)"/>
    /// <param name="logging">The application's logging, after <c>AddTyped</c> of its services.</param>
    /// <param name="configure">What is stored.</param>
    public static ILoggingBuilder AddTyped(this ILoggingBuilder logging, Action<TypedLogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.AddTypedLogs(configure);
        return logging;
    }
}

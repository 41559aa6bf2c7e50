using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Typed.Telemetry;
using Typed.Telemetry.Meters;

namespace Typed;

/// <summary>Stores the meters of an application.</summary>
public static class MeterServiceCollectionExtensions
{
    /// <summary>
    /// Stores what meters measure while the host runs: counters as <see cref="MeterCount"/>, histograms as <see cref="MeterHistogram"/>, gauges and the
    /// levels of up-down counters as <see cref="MeterGauge"/>. Their handles are among the services.
    /// </summary>
    /// <param name="services">The services, after <c>AddTyped</c>.</param>
    /// <param name="meters">Names of meters, as <see cref="TypedMeterOptions.Add"/> takes them.</param>
    /// <exception cref="ArgumentException">No name is given, or one is none.</exception>
    /// <exception cref="InvalidOperationException">There is no store, or its meters are stored already.</exception>
    public static IServiceCollection AddMeters(this IServiceCollection services, params string[] meters) => AddMeters(services, o => o.Add(meters));

    /// <inheritdoc cref="AddMeters(IServiceCollection, string[])"/>
    /// <param name="services">The services, after <c>AddTyped</c>.</param>
    /// <param name="configure">Names meters, and says how they are stored.</param>
    public static IServiceCollection AddMeters(this IServiceCollection services, Action<TypedMeterOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new TypedMeterOptions();
        configure(options);
        if (options.Names.Count == 0)
        {
            throw new ArgumentException("No meter is named: AddMeters(\"MyApp\"), or AddMeters(\"*\") for all.", nameof(configure));
        }

        TelemetryServices.Add(services, TelemetryModules.Meters, options.StoreKey, nameof(AddMeters), "Name all meters in one call.");
        return services.AddSingleton<IHostedService>(provider => new MeterService(provider, options));
    }
}

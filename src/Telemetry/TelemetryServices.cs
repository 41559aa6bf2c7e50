using Microsoft.Extensions.DependencyInjection;
using Typed.Hosting;

namespace Typed.Telemetry;

/// <summary>What the parts of this package have in common where they are registered.</summary>
internal static class TelemetryServices
{
    /// <summary>Adds declared types to a store that is registered.</summary>
    /// <exception cref="InvalidOperationException">There is no store, or it has them already.</exception>
    public static void Add(IServiceCollection services, DeclarationModule module, string? key, string method, string remedy)
    {
        if (!services.Any(service => service.ServiceType == typeof(TypedStore) && Equals(service.ServiceKey, key)))
        {
            throw new InvalidOperationException(key is null
                ? $"{method} needs a store: call services.AddTyped(...) before, which opens it first and closes it last."
                : $"{method} needs the store '{key}': call services.AddKeyedTyped(\"{key}\", ...) before, which opens it first and closes it last.");
        }

        var requested = new RequestedModule(module, key);
        if (services.Any(service => !service.IsKeyedService && requested.Equals(service.ImplementationInstance)))
        {
            throw new InvalidOperationException($"{method} was called twice for one store. {remedy}");
        }

        services.AddTypedModule(module, key);
    }
}

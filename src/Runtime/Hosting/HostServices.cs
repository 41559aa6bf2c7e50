using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Typed.Hosting;

/// <summary>
/// The services of a host, as EF Core asks for them. A store may write last items while they are disposed, when they give nothing any more; it still logs.
/// </summary>
internal sealed class HostServices(IServiceProvider services) : IServiceProvider
{
    private readonly ILoggerFactory? _loggers = services.GetService<ILoggerFactory>();

    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(ILoggerFactory))
        {
            return _loggers;
        }

        try
        {
            return services.GetService(serviceType);
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }
}

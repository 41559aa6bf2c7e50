using Microsoft.EntityFrameworkCore;

namespace Typed.Consuming;

/// <summary>What one transaction of a consumer works in.</summary>
/// <param name="context">The context.</param>
/// <param name="services">The services beside it; null outside a host.</param>
/// <param name="owner">What disposes of both.</param>
internal sealed class ConsumerScope(DbContext context, IServiceProvider? services, IAsyncDisposable owner) : IAsyncDisposable
{
    public DbContext Context => context;

    public IServiceProvider? Services => services;

    public ValueTask DisposeAsync() => owner.DisposeAsync();
}

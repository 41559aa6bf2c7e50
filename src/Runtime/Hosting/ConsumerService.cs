using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Typed.Consuming;

namespace Typed.Hosting;

/// <summary>Runs a consumer for as long as its host runs. Each batch has a scope of services of its own.</summary>
[RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
[RequiresDynamicCode(LinqNeeds.DynamicCode)]
internal sealed class ConsumerService<TBody, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TConsumer>(
    IServiceProvider services, object? key, string name, ConsumerOptions<TBody> options)
    : IHostedService, IDisposable
    where TBody : IFollowedEventBody<TBody>
    where TConsumer : class, IEventConsumer<TBody>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        var store = services.GetRequiredKeyedService<TypedStore>(key);
        using var status = store.NewConsumerStatus(name, TBody.Stream.Name);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await store.NewConsumer(name, status, options, () => OpenScope(store), HandleAsync).RunAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The position was refused, or the like: the log and the health check say so, and somebody may move the consumer.
                status.Failed(error);
                await Task.Delay(s_pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private ConsumerScope OpenScope(TypedStore store)
    {
        var scope = services.CreateAsyncScope();
        return options.CreateContext is { } create ? Owned(create())
            : store.Own is { } type ? new((DbContext)scope.ServiceProvider.GetRequiredService(type), scope.ServiceProvider, scope)
            : Owned(store.CreateDbContext());

        ConsumerScope Owned(DbContext context) => new(context, scope.ServiceProvider, new Both(context, scope));
    }

    private static ValueTask HandleAsync(ConsumedBatch<TBody> batch, IServiceProvider? services, CancellationToken cancellationToken) =>
        services!.GetRequiredService<TConsumer>().ConsumeAsync(batch, cancellationToken);

    private sealed class Both(DbContext context, AsyncServiceScope scope) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await context.DisposeAsync().ConfigureAwait(false);
            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Typed.Hosting;

/// <summary>Whether the store is open, its database answers and fits the declarations, there is room in memory, and flushes get through.</summary>
internal sealed class StoreHealthCheck(IServiceProvider services, object? key) : IHealthCheck
{
    /// <summary>A failure or two may be a restart of the server.</summary>
    private const int FailuresOfSick = 3;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var store = services.GetRequiredKeyedService<TypedStore>(key);
        var writer = store.Scope.Writer!;
        var telemetry = writer.Telemetry;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["pending"] = writer.Pending,
            ["capacity"] = writer.Options.Capacity,
        };
        if (telemetry.LastFlush is > 0 and var last)
        {
            data["lastFlush"] = new DateTimeOffset(last, TimeSpan.Zero);
        }

        if (telemetry.Spool?.Invoke() is var (bytes, age))
        {
            data["spoolBytes"] = bytes;
            data["spoolAge"] = age;
        }

        foreach (var consumer in telemetry.Consumers)
        {
            data[$"consumer {consumer.Name} lag"] = consumer.Lag;
        }

        HealthCheckResult Bad(string description, Exception? error = null) => new(context.Registration.FailureStatus, description, error, data);
        try
        {
            // Opens it where it is not open yet: the check of a store that nobody uses says what its first user would be told.
            await store.Opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            var misfit = await store.Scope.ReadAsync(new("the catalog", "the database"), store.Provisioner.FindMisfitAsync, cancellationToken)
                .ConfigureAwait(false);
            if (misfit is not null)
            {
                return Bad(misfit);
            }
        }
        catch (Exception error) when (error is StoreUnavailableException or SchemaMismatchException or ReadFailedException)
        {
            return Bad(error.Message, error);
        }

        return telemetry.FailingSince is > 0 and var since
            ? Bad($"No flush has got through since {new DateTimeOffset(since, TimeSpan.Zero):O}.")
            : writer.Spool is { Log.Syncer.HasFailed: true }
                ? Bad("The disk under the spool failed: posts are refused until the store is opened again.")
            : writer.Spool?.Fault is { } fault
                ? Bad(fault.Message, fault)
            : writer.Spool is null && writer.Pending >= writer.Options.Capacity
                ? Bad("The store holds as many unwritten items as it may (Capacity).")
                : telemetry.Consumers.FirstOrDefault(static consumer => consumer.Failures >= FailuresOfSick) is { Error: { } failure } sick
                ? Bad($"The consumer '{sick.Name}' fails, and goes on trying: {failure.Message}", failure)
                : HealthCheckResult.Healthy(description: null, data);
    }
}

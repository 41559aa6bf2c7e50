using Typed.Telemetry;

[assembly: Typed.TypedModuleOnRequest]

namespace Typed;

/// <summary>
/// The declared types of this package, by what uses them. <c>AddMeters</c> and its like add them to a store; where a store is built on a context of the
/// application, its model maps them: <c>modelBuilder.AddTyped(TelemetryModules.Meters)</c>.
/// </summary>
public static class TelemetryModules
{
    /// <summary>What <c>AddMeters</c> writes: <see cref="MeterCount"/>, <see cref="MeterGauge"/> and <see cref="MeterHistogram"/>.</summary>
    public static DeclarationModule Meters { get; } = new TelemetryModule(typeof(MeterCount), typeof(MeterGauge), typeof(MeterHistogram));

    /// <summary>What <c>UseTypedRequests</c> writes of every request: <see cref="RequestDuration"/>.</summary>
    public static DeclarationModule Requests { get; } = new TelemetryModule(typeof(RequestDuration));

    /// <summary>What <c>UseTypedRequests</c> writes beside it where it is asked for events: <see cref="RequestEvent"/>.</summary>
    public static DeclarationModule RequestEvents { get; } = new TelemetryModule(typeof(RequestEvent));

    /// <summary>What <c>AddTypedLogs</c> writes: <see cref="LogRecord"/>.</summary>
    public static DeclarationModule Logs { get; } = new TelemetryModule(typeof(LogRecord));
}

using System.Diagnostics.Metrics;

namespace Typed.Telemetry.Meters;

/// <summary>What an instrument measures.</summary>
internal enum InstrumentKind
{
    /// <summary>Nothing that is known here: an instrument of somebody's own.</summary>
    Unknown,

    Counter,
    UpDownCounter,
    Gauge,
    Histogram,
    ObservableCounter,
}

/// <summary>Tells instruments by their type.</summary>
internal static class InstrumentKinds
{
    public static InstrumentKind Of(Instrument instrument)
    {
        for (var type = instrument.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && Of(type.GetGenericTypeDefinition()) is not InstrumentKind.Unknown and var kind)
            {
                return kind;
            }
        }

        return InstrumentKind.Unknown;
    }

    // What observable up-down counters report is their level, as gauges do.
    private static InstrumentKind Of(Type type) =>
        type == typeof(Counter<>) ? InstrumentKind.Counter
        : type == typeof(UpDownCounter<>) ? InstrumentKind.UpDownCounter
        : type == typeof(System.Diagnostics.Metrics.Histogram<>) ? InstrumentKind.Histogram
        : type == typeof(ObservableCounter<>) ? InstrumentKind.ObservableCounter
        : type == typeof(Gauge<>) || type == typeof(ObservableGauge<>) || type == typeof(ObservableUpDownCounter<>) ? InstrumentKind.Gauge
        : InstrumentKind.Unknown;
}

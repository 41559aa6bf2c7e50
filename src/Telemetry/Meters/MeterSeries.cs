namespace Typed.Telemetry.Meters;

/// <summary>The series of a store that take what meters measure.</summary>
internal sealed class MeterSeries
{
    /// <exception cref="InvalidOperationException">The store does not hold them, or is for reading only.</exception>
    public MeterSeries(TypedStore store)
    {
        store.Scope.ThrowIfReadOnly();
        (Counts, Gauges, Histograms) = (MeterCount.In(store), MeterGauge.In(store), MeterHistogram.In(store));
    }

    public MeterCount.Handle Counts { get; }

    public MeterGauge.Handle Gauges { get; }

    public MeterHistogram.Handle Histograms { get; }

    /// <summary>The cell of a set of tags.</summary>
    public Cell Cell(InstrumentKind kind, string meter, string instrument, string tags) => kind switch
    {
        InstrumentKind.Counter => new SumCell(Counts, new(meter, instrument, tags)),
        InstrumentKind.ObservableCounter => new TotalCell(Counts, new(meter, instrument, tags)),
        InstrumentKind.UpDownCounter => new LevelCell(Gauges, new(meter, instrument, tags)),
        InstrumentKind.Histogram => new DistributionCell(Histograms, new(meter, instrument, tags)),
        _ => new LastCell(Gauges, new(meter, instrument, tags)),
    };
}

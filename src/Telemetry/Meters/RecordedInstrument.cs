using System.Diagnostics.Metrics;
using Typed.Telemetry.Recording;

namespace Typed.Telemetry.Meters;

/// <summary>One instrument that is listened to.</summary>
internal sealed class RecordedInstrument
{
    /// <summary>Its names and tags together stay within what a key takes, 512 bytes.</summary>
    private const int MostBytesOfName = 120;

    private readonly TagTable _table;
    private readonly TelemetryLog _log;

    public RecordedInstrument(Instrument instrument, InstrumentKind kind, MeterSeries series, TypedMeterOptions options, TelemetryLog log)
    {
        _log = log;
        var meter = BoundedText.Of(instrument.Meter.Name, MostBytesOfName);
        var name = BoundedText.Of(instrument.Name, MostBytesOfName);
        KeyValuePair<string, object?>[] common = [
            .. instrument.Meter.Tags ?? [],
            .. instrument.Tags ?? [],
            .. options.Instance is { } process ? [new("service.instance.id", process)] : Array.Empty<KeyValuePair<string, object?>>(),
        ];
        _table = new(
            options.MostTagSets, common, tags => series.Cell(kind, meter, name, tags), () => log.Overflowed(meter, name, options.MostTagSets));
    }

    /// <summary>Whether no measurement follows.</summary>
    public volatile bool IsCompleted;

    /// <summary>Takes a measurement. Whatever goes wrong, the code that measured does not hear of it.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            if (double.IsFinite(value))
            {
                _table.Find(tags).Record(value);
            }
        }
#pragma warning disable CA1031 // A tag of somebody's own type may throw anything when it is asked for its text.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.NotRecorded("a measurement", error);
        }
    }

    /// <summary>Writes what has gathered.</summary>
    public void Write(long instant)
    {
        foreach (var cell in _table.Cells)
        {
            cell.Write(instant);
        }
    }
}

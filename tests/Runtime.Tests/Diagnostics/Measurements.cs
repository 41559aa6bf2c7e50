using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>What the meter says about one database: tests of others run at the same time.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Measured> _all = [];
    private readonly string _database;

    public Measurements(string database)
    {
        _database = database;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Typed")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<Measured> All => _all;

    /// <summary>The measurements of an instrument; with tags, those that carry them.</summary>
    public IReadOnlyList<Measured> Of(string instrument, params (string Key, object Value)[] tags) =>
        [.. _all.Where(each => each.Instrument == instrument && tags.All(tag => Equals(each.Tags.GetValueOrDefault(tag.Key), tag.Value)))];

    public double Sum(string instrument, params (string Key, object Value)[] tags) => Of(instrument, tags).Sum(each => each.Value);

    /// <summary>The value of an observable instrument now; null where it says nothing of the database.</summary>
    public double? Observe(string instrument)
    {
        var before = _all.Count;
        _listener.RecordObservableInstruments();
        return _all.Skip(before).LastOrDefault(each => each.Instrument == instrument)?.Value;
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Dictionary<string, object?> copy = new(tags.ToArray());
        if (Equals(copy.GetValueOrDefault("db.namespace"), _database))
        {
            _all.Enqueue(new(instrument.Name, value, copy));
        }
    }
}

internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

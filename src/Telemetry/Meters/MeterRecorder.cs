using System.Diagnostics.Metrics;
using Typed.Telemetry.Recording;
using Typed.Time;

namespace Typed.Telemetry.Meters;

/// <summary>
/// Listens to meters from the start of the host until its services have stopped. Measurements gather in memory, by instrument and tags, and are posted at every
/// multiple of the interval, so what a process writes depends on how many sets of tags there are and not on how often they are measured.
/// </summary>
internal sealed class MeterRecorder : IDisposable
{
    /// <summary>The most instruments: somebody may make one for each of anything.</summary>
    private const int MostInstruments = 10_000;

    private readonly TypedMeterOptions _options;
    private readonly MeterSeries _series;
    private readonly TimeProvider _clock;
    private readonly TelemetryLog _log;
    private readonly MeterListener _listener = new();
    private readonly Lock _collecting = new();
    private readonly Lock _lock = new();
    private readonly List<RecordedInstrument> _instruments = [];
    private readonly ITimer _timer;
    private bool _isStopped;
    private long _due;

    public MeterRecorder(TypedMeterOptions options, MeterSeries series, TimeProvider clock, TelemetryLog log)
    {
        (_options, _series, _clock, _log) = (options, series, clock, log);
        Listen<byte>(static value => value);
        Listen<short>(static value => value);
        Listen<int>(static value => value);
        Listen<long>(static value => value);
        Listen<float>(static value => value);
        Listen<double>(static value => value);
        Listen<decimal>(static value => (double)value);
        _listener.InstrumentPublished = Published;
        _listener.MeasurementsCompleted = static (_, state) => ((RecordedInstrument)state!).IsCompleted = true;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static recorder => ((MeterRecorder)recorder!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _listener.Start();
        Arm();
    }

    /// <summary>The instruments that are listened to.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _instruments.Count;
            }
        }
    }

    /// <summary>Asks and writes for the last time.</summary>
    public void Stop()
    {
        lock (_collecting)
        {
            if (!_isStopped)
            {
                _isStopped = true;
                _timer.Dispose();
                Collect(Instant.From(_clock.GetUtcNow()));
                _listener.Dispose();
            }
        }
    }

    public void Dispose()
    {
        Stop();
        _log.Dispose();
    }

    private void Listen<T>(Func<T, double> convert)
        where T : struct => _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((RecordedInstrument)state!).Record(convert(value), tags));

    private void Published(Instrument instrument, MeterListener listener)
    {
        var kind = InstrumentKinds.Of(instrument);
        if (kind == InstrumentKind.Unknown || !_options.Includes(instrument.Meter.Name))
        {
            return;
        }

        lock (_lock)
        {
            if (_instruments.Count >= MostInstruments)
            {
                return;
            }

            var recorded = new RecordedInstrument(instrument, kind, _series, _options, _log);
            _instruments.Add(recorded);
            listener.EnableMeasurementEvents(instrument, recorded);
        }
    }

    private void Arm()
    {
        var now = _clock.GetUtcNow().UtcTicks;
        var interval = _options.Interval.Ticks;
        _due = now - now % interval + interval;
        _timer.Change(TimeSpan.FromTicks(_due - now), Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_collecting)
        {
            if (_isStopped)
            {
                return;
            }

            // What was measured since the last time belongs before this one. Timers may come a moment early.
            var now = Math.Max(_clock.GetUtcNow().UtcTicks, _due);
            var multiple = now - now % _options.Interval.Ticks;
            Collect(Instant.From(new(multiple, TimeSpan.Zero)) - 1);
            Arm();
        }
    }

    private void Collect(long instant)
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
#pragma warning disable CA1031 // Callbacks are the application's; one that throws keeps no other from being asked.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.ObservationFailed(error is AggregateException { InnerExceptions: [var only] } ? only : error);
        }

        RecordedInstrument[] instruments;
        lock (_lock)
        {
            instruments = [.. _instruments];
            _instruments.RemoveAll(static instrument => instrument.IsCompleted);
        }

        foreach (var instrument in instruments)
        {
            try
            {
                instrument.Write(instant);
            }
#pragma warning disable CA1031 // The next instrument is written, and this one at the next time.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _log.NotRecorded("instruments", error);
            }
        }
    }
}

using System.Diagnostics;

namespace Typed.Diagnostics;

/// <summary>
/// Measures and traces one flush. Its activity begins a trace of its own: it is linked with the calls whose items it writes, and is nobody's child.
/// </summary>
internal sealed class FlushTelemetry
{
    /// <summary>As many links as OpenTelemetry's SDK keeps by default.</summary>
    private const int MostLinks = 128;

    /// <summary>The most retries that a trace shows one by one.</summary>
    private const int MostEvents = 32;

    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(5);

    private readonly StoreTelemetry _store;
    private readonly Activity? _activity;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly int _rows;
    private int _attempts = 1;
    private bool _hasEnded;

    public FlushTelemetry(StoreTelemetry store, IEnumerable<Activity?> callers, int items, int rows)
    {
        (_store, _rows) = (store, rows);
        if (StoreTelemetry.IsTraced)
        {
            _activity = Start(store, [.. callers.OfType<Activity>().Distinct().Take(MostLinks)], items, rows);
        }
    }

    /// <summary>An attempt failed, and another one follows.</summary>
    public void Retried(Exception error)
    {
        _attempts++;
        _store.Flushed(isCommitted: false);
        var tag = ErrorTags.Of(error);
        Instruments.Retries.Add(1, [.. _store.Tags, tag]);
        if (_attempts <= MostEvents)
        {
            _activity?.AddEvent(new ActivityEvent("retry", tags: [tag]));
        }

        _store.Log.Retried(error);
    }

    /// <summary>The outcome is known; only the first call counts.</summary>
    /// <param name="error">Why the flush was not committed; null where it was.</param>
    public void End(Exception? error)
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        var duration = Stopwatch.GetElapsedTime(_started);
        if (error is null)
        {
            _store.Flushed(isCommitted: true);
            Instruments.FlushDuration.Record(duration.TotalSeconds, _store.Tags);
            Instruments.FlushRows.Record(_rows, _store.Tags);
            if (_attempts > 1)
            {
                _store.Log.Recovered(_attempts, duration);
            }
        }
        else
        {
            Instruments.FlushDuration.Record(duration.TotalSeconds, [.. _store.Tags, ErrorTags.Of(error)]);
        }

        if (duration > s_slow)
        {
            _store.Log.Slow(_rows, duration, _attempts);
        }

        Stop(error);
    }

    private static Activity? Start(StoreTelemetry store, Activity[] callers, int items, int rows)
    {
        // StartActivity takes the current activity as parent where it is given none.
        Activity.Current = null;
        var activity = Instruments.Activities.StartActivity(
            "flush", ActivityKind.Client, parentContext: default, store.Tags, callers.Select(caller => new ActivityLink(caller.Context)));
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.operation.name", "flush");
            activity.SetTag("typed.flush.items", items);
            activity.SetTag("typed.flush.rows", rows);
            foreach (var caller in callers.Where(caller => caller.Source == Instruments.Activities))
            {
                caller.AddLink(new ActivityLink(activity.Context));
            }
        }

        return activity;
    }

    private void Stop(Exception? error)
    {
        if (_activity is null)
        {
            return;
        }

        if (_activity.IsAllDataRequested)
        {
            _activity.SetTag("typed.flush.attempts", _attempts);
            if (error is not null)
            {
                ErrorTags.Set(_activity, error);
            }
        }

        _activity.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Typed.Diagnostics;

/// <summary>What one store measures, traces and logs.</summary>
/// <param name="place">The database's place, for tags.</param>
/// <param name="address">Its address, for log messages.</param>
/// <param name="loggers">Where to log; null: nowhere.</param>
internal sealed class StoreTelemetry(DatabasePlace place, string address, ILoggerFactory? loggers) : IDisposable
{
    private readonly ConcurrentDictionary<Type, TypeTelemetry> _types = new();
    private readonly ConcurrentDictionary<ConsumerStatus, bool> _consumers = new();
    private Func<int> _queueLength = static () => 0;

    public DatabasePlace Place => place;

    /// <summary>What every measurement and activity carries.</summary>
    public KeyValuePair<string, object?>[] Tags { get; } = place.Tags();

    public StoreLog Log { get; } = new(loggers, address);

    /// <summary>The time of the last flush that was committed, in UTC ticks; 0: there was none.</summary>
    public long LastFlush { get; private set; }

    /// <summary>Since when attempts to flush have failed, and none has succeeded, in UTC ticks; 0: they do not.</summary>
    public long FailingSince { get; private set; }

    /// <summary>The consumers of the store that run.</summary>
    public IEnumerable<ConsumerStatus> Consumers => _consumers.Keys;

    public int QueueLength => _queueLength();

    /// <summary>The bytes of the store's spool, and the age of what is in it; null: the store has none.</summary>
    public Func<(long Bytes, TimeSpan Age)>? Spool { get; set; }

    /// <summary>Whether somebody listens to activities.</summary>
    public static bool IsTraced => Instruments.Activities.HasListeners();

    /// <summary>Whether somebody listens to reads.</summary>
    public static bool AreReadsWatched => IsTraced || Instruments.ReadDuration.Enabled;

    /// <summary>The store is open.</summary>
    /// <param name="queueLength">The number of items that are accepted and not written.</param>
    public void Open(Func<int> queueLength)
    {
        _queueLength = queueLength;
        Instruments.Watch(this);
        Log.Opened();
    }

    /// <summary>What counts the items of a declared type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="tag">Its name, as a tag.</param>
    public TypeTelemetry Of(Type type, in KeyValuePair<string, object?> tag) =>
        _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, static (_, given) => new(given.Store, given.Tag), (Store: this, Tag: tag));

    /// <summary>What measures a consumer until it is disposed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="isFeed">Whether it writes what events feed later.</param>
    public ConsumerStatus NewConsumer(string name, string stream, bool isFeed = false)
    {
        var status = new ConsumerStatus(name, stream, this, gone => _consumers.TryRemove(gone, out _)) { IsFeed = isFeed };
        _consumers[status] = true;
        return status;
    }

    /// <summary>Runs a call in an activity, where somebody listens.</summary>
    /// <param name="operation">What is done: one word.</param>
    /// <param name="type">The tag of the declared type; default where it is unknown.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="work">The call; gets the activity, or the caller's own where this call is not sampled.</param>
    public async ValueTask<T> CallAsync<T>(string operation, KeyValuePair<string, object?> type, int items, Func<Activity?, ValueTask<T>> work)
    {
        using var activity = StartCall(operation, type, items);
        try
        {
            return await work(activity ?? Activity.Current).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(activity, error);
            throw;
        }
    }

    /// <summary>Measures and traces a read.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read)
    {
        using var activity = StartCall("read", type: default, items: 1);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await read().ConfigureAwait(false);
            Instruments.ReadDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Tags);
            return result;
        }
        catch (Exception error)
        {
            Instruments.ReadDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, [.. Tags, ErrorTags.Of(error)]);
            Fail(activity, error);
            throw;
        }
    }

    /// <summary>Measures how long a write waits for room.</summary>
    public async ValueTask WaitAsync(ValueTask admission)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await admission.ConfigureAwait(false);
        }
        finally
        {
            Instruments.WaitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Tags);
        }
    }

    /// <summary>A flush begins.</summary>
    /// <param name="callers">The activities of the calls whose items it writes; null for items that nobody waits for.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="rows">The number of rows.</param>
    public FlushTelemetry StartFlush(IEnumerable<Activity?> callers, int items, int rows) => new(this, callers, items, rows);

    /// <summary>An attempt to flush has ended.</summary>
    public void Flushed(bool isCommitted)
    {
        var now = DateTime.UtcNow.Ticks;
        if (isCommitted)
        {
            (LastFlush, FailingSince) = (now, 0);
        }
        else if (FailingSince == 0)
        {
            FailingSince = now;
        }
    }

    /// <summary>Items were dropped that nobody has read from the spool, so that their types are not known.</summary>
    public void Dropped(long items)
    {
        Instruments.Dropped.Add(items, [.. Tags, new("typed.dropped", "spooled")]);
        Log.Dropped();
    }

    public void Dispose()
    {
        Instruments.Forget(this);
        Log.Dispose();
    }

    private Activity? StartCall(string operation, in KeyValuePair<string, object?> type, int items)
    {
        var activity = Instruments.Activities.StartActivity(operation, ActivityKind.Client, parentContext: default, Tags);
        if (activity is not { IsAllDataRequested: true })
        {
            return activity;
        }

        activity.SetTag("db.operation.name", operation);
        if (items > 1)
        {
            activity.SetTag("db.operation.batch.size", items);
        }

        if (type.Key is not null)
        {
            activity.DisplayName = $"{operation} {type.Value}";
            activity.SetTag(type.Key, type.Value);
        }

        return activity;
    }

    private static void Fail(Activity? activity, Exception error)
    {
        if (activity is { IsAllDataRequested: true })
        {
            ErrorTags.Set(activity, error);
        }
    }
}

using System.Diagnostics;

namespace Typed.Diagnostics;

/// <summary>How a consumer of this process is doing: for metrics, the log and the health check.</summary>
internal sealed class ConsumerStatus(string name, string stream, StoreTelemetry store, Action<ConsumerStatus> ended) : IDisposable
{
    private long _behindSince;

    public string Name => name;

    /// <summary>Whether it is the store's own, which writes what events feed later.</summary>
    public bool IsFeed { get; init; }

    /// <summary>The last error, if nothing was handled since; null where all is well.</summary>
    public Exception? Error { get; private set; }

    /// <summary>How many failures there were in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether another process has the consumer.</summary>
    public bool IsStandby { get; private set; }

    /// <summary>For how long there has been something that it has not handled; zero where it has handled everything.</summary>
    public TimeSpan Lag => Interlocked.Read(ref _behindSince) is > 0 and var since ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    public KeyValuePair<string, object?>[] Tags { get; } = [.. store.Tags, new("typed.stream", stream), new("typed.consumer", name)];

    /// <summary>Another process has it.</summary>
    public void Standby()
    {
        IsStandby = true;
        Succeed();
        Interlocked.Exchange(ref _behindSince, 0);
    }

    /// <summary>There are events to handle.</summary>
    public void Behind()
    {
        IsStandby = false;
        Interlocked.CompareExchange(ref _behindSince, Stopwatch.GetTimestamp(), 0);
    }

    /// <summary>There was nothing left to handle.</summary>
    public void CaughtUp()
    {
        IsStandby = false;
        Succeed();
        Interlocked.Exchange(ref _behindSince, 0);
    }

    public void Handled(int events)
    {
        Succeed();
        Instruments.Consumed.Add(events, Tags);
    }

    public void Failed(Exception error)
    {
        Error = error;
        Failures++;
        Behind();
        Instruments.ConsumerFailures.Add(1, [.. Tags, ErrorTags.Of(error)]);
        store.Log.ConsumerFailed(name, Failures, error);
    }

    public void Poisoned(object id, Exception error)
    {
        Succeed();
        Instruments.Poisoned.Add(1, Tags);
        if (IsFeed)
        {
            store.Log.Unfed(name, id, error);
        }
        else
        {
            store.Log.EventPoisoned(name, id, error);
        }
    }

    /// <summary>It runs no more.</summary>
    public void Dispose() => ended(this);

    private void Succeed() => (Error, Failures) = (null, 0);
}

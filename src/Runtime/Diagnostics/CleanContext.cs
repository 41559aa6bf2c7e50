namespace Typed.Diagnostics;

/// <summary>
/// Runs a store's own work without what belongs to the caller who happened to begin it: the current activity, scopes of logs, other async locals. A flush
/// serves many callers, and a timer lives as long as the store.
/// </summary>
internal static class CleanContext
{
    private static readonly ExecutionContext s_empty = Capture();

    /// <summary>Begins work on this thread.</summary>
    public static Task RunAsync<T>(Func<T, Task> work, T state)
    {
        if (ReferenceEquals(ExecutionContext.Capture(), s_empty))
        {
            return work(state);
        }

        var start = new Start<T>(work, state);
        ExecutionContext.Run(s_empty, static start => ((Start<T>)start!).Run(), start);
        return start.Task;
    }

    /// <summary>A timer that is not armed yet.</summary>
    public static Timer Timer(TimerCallback callback, object state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return new Timer(callback, state, Timeout.Infinite, Timeout.Infinite);
        }

        using (ExecutionContext.SuppressFlow())
        {
            return new Timer(callback, state, Timeout.Infinite, Timeout.Infinite);
        }
    }

    // The framework hands out its empty context only where it is the current one: on a thread that was started without any.
    private static ExecutionContext Capture()
    {
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }

    private sealed class Start<T>(Func<T, Task> work, T state)
    {
        public Task Task { get; private set; } = Task.CompletedTask;

        public void Run() => Task = work(state);
    }
}

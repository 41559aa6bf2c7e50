namespace Typed.Diagnostics;

/// <summary>
/// Runs a store's own work without what belongs to the caller who happened to begin it: the current activity, scopes of logs, other async locals. A flush
/// serves many callers, and a timer lives as long as the store.
/// </summary>
internal static class CleanContext
{
    private static readonly ExecutionContext s_empty = Capture();

    /// <summary>Runs on this thread.</summary>
    public static void Run(ContextCallback work, object state) => ExecutionContext.Run(s_empty, work, state);

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
}

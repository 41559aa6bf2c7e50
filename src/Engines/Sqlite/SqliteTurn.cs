using System.Diagnostics;

namespace Typed.Sqlite;

/// <summary>
/// A connection's wait for the write lock. SQLite has no queue: the lock goes to whoever asks while it is free, and beside a process that writes without
/// a pause
/// it is free for some microseconds per transaction. Measured with four such processes: who asks every 2 ms may ask 270 times in vain. So who has waited for a
/// while asks without a pause, longer and longer, and who still waits after that meets one long transaction, where asking often does not help.
/// </summary>
internal sealed class SqliteTurn
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_contention = TimeSpan.FromMilliseconds(1_500);

    /// <summary>The part of the time waited so far for which the lock is asked for without a pause.</summary>
    private const int BurstPart = 10;

    /// <summary>When the wait began; null while nobody waits.</summary>
    private long? _since;

    /// <summary>When the lock was asked for last.</summary>
    private long _asked;

    /// <summary>Whether to ask again at once, after the lock was found taken.</summary>
    /// <param name="burst">When asking without a pause began; 0 at first.</param>
    public bool AsksAgain(ref long burst)
    {
        var now = Stopwatch.GetTimestamp();
        if (_since is null || Stopwatch.GetElapsedTime(_asked, now) > s_contention)
        {
            // Another wait than the last one, which was given up.
            _since = now;
        }

        _asked = now;
        burst = burst == 0 ? now : burst;
        var waited = Stopwatch.GetElapsedTime(_since.Value, now);
        if (waited < s_patience || waited > s_contention || Stopwatch.GetElapsedTime(burst, now) > waited / BurstPart)
        {
            return false;
        }

        Thread.Yield();
        return true;
    }

    /// <summary>The lock was free.</summary>
    public void End() => _since = null;
}

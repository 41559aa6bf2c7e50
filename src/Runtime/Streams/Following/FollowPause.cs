namespace Typed.Streams.Following;

/// <summary>
/// How long a follower waits before it looks again by itself. Short after events, since more may follow, then longer and longer. What is announced ends the
/// wait
/// at once.
/// </summary>
internal struct FollowPause
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(2);

    /// <summary>Behind a transaction that still runs, of which nobody says when it ends.</summary>
    private static readonly TimeSpan s_longestPending = TimeSpan.FromMilliseconds(50);

    /// <summary>Where nobody tells of commits: half of it is how late an event comes to an idle follower.</summary>
    private static readonly TimeSpan s_longestDeaf = TimeSpan.FromMilliseconds(100);

    /// <summary>Where the commits of stores are heard of, and only those of others are not.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next;

    public void Reset() => _next = s_first;

    /// <summary>The next wait.</summary>
    /// <param name="isPending">Whether events are committed behind a transaction that still runs.</param>
    /// <param name="hears">Whether commits of other stores are heard of.</param>
    public TimeSpan Next(bool isPending, bool hears)
    {
        var longest = isPending ? s_longestPending : hears ? s_longest : s_longestDeaf;
        var pause = _next < s_first ? s_first : _next < longest ? _next : longest;
        _next = pause * 1.5;
        return pause;
    }
}

using System.Globalization;

namespace Typed;

/// <summary>When what a store has posted is brought from memory to the disk under its spool, so that it outlives a loss of power.</summary>
/// <remarks>A process that is killed loses nothing whatever is chosen: what <c>Post</c> has taken is in the system's memory then.</remarks>
public readonly record struct SpoolSync
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    // Zero is the default of the struct, which means the default of the option.
    private readonly long _ticks;

    private SpoolSync(long ticks) => _ticks = ticks;

    /// <summary>Every 10 milliseconds.</summary>
    internal static SpoolSync Default => Every(TimeSpan.FromMilliseconds(10));

    /// <summary><c>Post</c> ends when its item is on disk. Callers that post at the same time share a write.</summary>
    public static SpoolSync EveryWrite { get; } = new(-1);

    /// <summary>Never: the system does it when it likes, in some 30 seconds.</summary>
    public static SpoolSync Never { get; } = new(-2);

    /// <summary>What was posted is on disk after this time; a loss of power takes what was posted since.</summary>
    /// <param name="interval">More than zero, at most a minute.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or more than a minute.</exception>
    public static SpoolSync Every(TimeSpan interval) => interval > TimeSpan.Zero && interval <= s_longest
        ? new(interval.Ticks)
        : throw new ArgumentOutOfRangeException(nameof(interval), interval, "SpoolSync is more than zero and at most a minute, EveryWrite, or Never.");

    /// <summary>The time between two writes to disk; null: every write, or never.</summary>
    internal TimeSpan? Interval => _ticks switch
    {
        > 0 => new TimeSpan(_ticks),
        0 => Default.Interval,
        _ => null,
    };

    /// <summary>Reads what <see cref="ToString"/> gives: <c>EveryWrite</c>, <c>Never</c>, or a time such as <c>00:00:00.010</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none of them.</exception>
    internal static SpoolSync Parse(string text) => text switch
    {
        _ when string.Equals(text, nameof(EveryWrite), StringComparison.OrdinalIgnoreCase) => EveryWrite,
        _ when string.Equals(text, nameof(Never), StringComparison.OrdinalIgnoreCase) => Never,
        _ when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) => Every(interval),
        _ => throw new FormatException("SpoolSync is EveryWrite, Never, or a time such as 00:00:00.010."),
    };

    /// <summary>The name, or the time.</summary>
    public override string ToString() => this == EveryWrite ? nameof(EveryWrite)
        : this == Never ? nameof(Never)
        : Interval!.Value.ToString("c", CultureInfo.InvariantCulture);
}

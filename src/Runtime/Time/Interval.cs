namespace Typed.Time;

/// <summary>A declared interval at run time: its two grids and its retention. Immutable and safe to share.</summary>
/// <remarks>Instants are microseconds since 1970-01-01T00:00:00Z.</remarks>
internal sealed class Interval
{
    /// <summary>The interval of a spec.</summary>
    /// <param name="spec">Data that <see cref="IntervalGrammar"/> has checked.</param>
    /// <exception cref="TimeZoneNotFoundException">The zone data of this machine lack the interval's zone.</exception>
    public Interval(IntervalSpec spec)
    {
        Spec = spec;
        Step = Grid.For(spec.Step, spec.Zone);
        Resolution = Grid.For(spec.Resolution, spec.Zone);
        IsFine = spec.IsFine;
        Keep = spec.Keep;
    }

    /// <summary>The declaration as data.</summary>
    public IntervalSpec Spec { get; }

    /// <summary>The declared name.</summary>
    public string Name => Spec.Name;

    /// <summary>The grid of the buckets.</summary>
    public Grid Step { get; }

    /// <summary>The grid of the slots; the step's own when the interval is coarse.</summary>
    public Grid Resolution { get; }

    /// <summary>Whether buckets are divided into slots.</summary>
    public bool IsFine { get; }

    /// <summary>How many buckets are live, the current one included; null: all of them.</summary>
    public int? Keep { get; }

    /// <summary>Reads an interval.</summary>
    /// <param name="text">For instance <c>day: daily by 1h keep 400 in Europe/Paris</c>.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">The text is wrong; the message says what and where.</exception>
    /// <exception cref="TimeZoneNotFoundException">The zone data of this machine lack the interval's zone.</exception>
    public static Interval Parse(string text) => IntervalGrammar.TryParse(text, out var spec, out var error)
        ? new Interval(spec)
        : throw new ArgumentException($"{error.Message} (Interval '{text}', characters {error.Start} to {error.Start + error.Length}.)", nameof(text));

    /// <summary>The start of the bucket that holds <paramref name="instant"/>.</summary>
    /// <param name="instant">A time.</param>
    /// <returns>The bucket's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant or the start is outside the years 1 to 9999.</exception>
    public long BucketOf(long instant) => Step.Floor(instant);

    /// <summary>
    /// The start of the slot that holds <paramref name="instant"/>; the bucket's where the interval is coarse. Where the grids do not nest,
    /// a slot may start before its bucket.
    /// </summary>
    /// <param name="instant">A time.</param>
    /// <returns>The slot's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant or the start is outside the years 1 to 9999.</exception>
    public long SlotOf(long instant) => Resolution.Floor(instant);

    /// <summary>The last instant of the bucket that starts at <paramref name="bucketStart"/>; the last bucket of time ends with it.</summary>
    /// <param name="bucketStart">A bucket's start.</param>
    /// <returns>The bucket's last microsecond.</returns>
    public long LastInstant(long bucketStart) => Step.TryNext(bucketStart, out var next) ? next - 1 : Instant.Max;

    /// <summary>The length from one bucket's start to another's end in seconds; the last bucket of time is taken to end with it.</summary>
    public double Seconds(long first, long last) => (LastInstant(last) + 1 - first) / (double)Instant.PerSecond;

    /// <summary>
    /// The start of the oldest live bucket: the one with <c>index(now) - index(bucket) = keep - 1</c>, counted in the interval's own buckets.
    /// </summary>
    /// <param name="now">The time by the clock.</param>
    /// <returns>A bucket's first microsecond; <see cref="Instant.Min"/> when all are live, or when the oldest would start before year 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> is outside the years 1 to 9999.</exception>
    public long OldestLive(long now) =>
        Keep is int keep && Step.TryStartOf(Step.Index(now) - keep + 1, out var start) ? start : Instant.Min;

    /// <summary>Whether the bucket that starts at <paramref name="bucketStart"/> is live at <paramref name="now"/>. Future buckets are.</summary>
    /// <param name="bucketStart">A bucket's start.</param>
    /// <param name="now">The time by the clock.</param>
    /// <returns>Whether the bucket is live.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="now"/> is outside the years 1 to 9999.</exception>
    public bool IsLive(long bucketStart, long now) => bucketStart >= OldestLive(now);

    /// <summary>The interval in the grammar's words.</summary>
    public override string ToString() => Spec.ToString();
}

using System.Collections.Concurrent;

namespace Typed.Time;

/// <summary>
/// One grid of cells that tile time without gap or overlap. Instants are microseconds since 1970-01-01T00:00:00Z.
/// Instances are immutable, shared, and safe to use from many threads.
/// </summary>
public abstract class Grid
{
    private static readonly ConcurrentDictionary<(StepSpec Step, string Zone), Grid> s_shared = new();

    private protected Grid()
    {
    }

    /// <summary>The grid of a step; equal arguments give the same instance.</summary>
    /// <param name="step">A fixed width, whose cells are anchored at the Unix epoch, or a calendar word.</param>
    /// <param name="zone">The IANA zone of a calendar word, null for UTC; without meaning for a fixed width.</param>
    /// <returns>The shared grid.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="step"/> is neither a width of 1 to 36 525 days nor a calendar word, or <paramref name="zone"/> is no IANA id.
    /// </exception>
    /// <exception cref="TimeZoneNotFoundException">The zone data of this machine lack <paramref name="zone"/>.</exception>
    public static Grid For(StepSpec step, string? zone) =>
        s_shared.GetOrAdd((step, step.IsCalendar && zone is not null ? zone : IntervalSpec.DefaultZone), static key => Create(key.Step, key.Zone));

    /// <summary>The start of the cell that holds <paramref name="instant"/>.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The cell's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant or the start is outside the years 1 to 9999.</exception>
    public abstract long Floor(long instant);

    /// <summary>The start of the cell after the one that starts at <paramref name="start"/>.</summary>
    /// <param name="start">A cell's start.</param>
    /// <param name="next">The next cell's start; 0 when there is none.</param>
    /// <returns>False when the next cell starts after year 9999.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is outside the years 1 to 9999.</exception>
    public abstract bool TryNext(long start, out long next);

    /// <summary>The number of the cell that holds <paramref name="instant"/>; neighbours differ by 1, and a day that the zone skipped has no number.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z. The cell may start before year 1.</param>
    /// <returns>The number; what 0 stands for is the grid's own affair.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside the years 1 to 9999.</exception>
    public abstract long Index(long instant);

    /// <summary>The start of cell number <paramref name="index"/>: the inverse of <see cref="Index"/>.</summary>
    /// <param name="index">A cell number.</param>
    /// <returns>The cell's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cell starts outside the years 1 to 9999.</exception>
    public long StartOf(long index) => TryStartOf(index, out var start) ? start : OutOfYears.ThrowIndex(index);

    /// <summary>
    /// The integer name of the cell that starts at <paramref name="start"/>: <c>20260321</c> daily, <c>202612</c> weekly (ISO 8601 week-year and week),
    /// <c>202603</c> monthly, <c>2026</c> yearly, <c>floor(unix seconds / width)</c> for fixed widths.
    /// </summary>
    /// <param name="start">A cell's start.</param>
    /// <returns>The label; labels sort as starts do.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is outside the years 1 to 9999.</exception>
    public abstract long Label(long start);

    /// <summary>The end of the cell that starts at <paramref name="start"/>, which is the next cell's start.</summary>
    /// <param name="start">A cell's start.</param>
    /// <returns>The first microsecond after the cell.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cell ends after year 9999.</exception>
    public long End(long start) => TryNext(start, out var next) ? next : OutOfYears.ThrowEnd(start);

    /// <summary>As <see cref="StartOf"/>; false, and a start of 0, where that would throw.</summary>
    internal abstract bool TryStartOf(long index, out long start);

    private static Grid Create(StepSpec step, string zone) => step switch
    {
        { Word: CalendarWord.None, Seconds: >= 1 and <= StepSpec.MaxSeconds } => new FixedGrid(step.Seconds * Instant.PerSecond),
        { Word: CalendarWord.Daily, Seconds: 0 } => new DayGrid(LocalDays.In(zone)),
        { Word: CalendarWord.Weekly, Seconds: 0 } => new WeekGrid(LocalDays.In(zone)),
        { Word: CalendarWord.Monthly, Seconds: 0 } => new MonthGrid(LocalDays.In(zone)),
        { Word: CalendarWord.Yearly, Seconds: 0 } => new YearGrid(LocalDays.In(zone)),
        _ => throw new ArgumentException($"'{step}' is no step: it is either a width of 1 to {StepSpec.MaxSeconds} seconds or a calendar word.", nameof(step)),
    };
}

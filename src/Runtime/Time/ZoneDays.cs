namespace Typed.Time;

/// <summary>
/// The days of a zone as tables of starts. This sits on the write path: TimeZoneInfo is asked only when a block of days is first needed,
/// every later lookup is two array reads, without locks.
/// </summary>
internal sealed class ZoneDays : LocalDays
{
    private const int BlockBits = 9;
    private const int BlockDays = 1 << BlockBits;

    // All days that may start in the years 1 to 9999, and at least two more on either side, in whole blocks.
    private const int FirstDay = -1_405 * BlockDays;
    private const int BlockCount = 7_134;

    private readonly TimeZoneInfo _zone;
    private readonly long _usualOffset;
    private readonly long[]?[] _blocks = new long[BlockCount][];
    private readonly int[] _skipped;

    public ZoneDays(TimeZoneInfo zone)
    {
        _zone = zone;
        _usualOffset = zone.BaseUtcOffset.Ticks / (TimeSpan.TicksPerSecond / Instant.PerSecond);
        _skipped = [.. FindSkipped()];
    }

    public override int[] Skipped => _skipped;

    public override int DayOf(long instant)
    {
        var day = (int)Arithmetic.FloorDivide(instant + _usualOffset, Instant.PerDay);
        while (StartOf(day + 1) <= instant)
        {
            day++;
        }

        while (StartOf(day) > instant)
        {
            day--;
        }

        return day;
    }

    public override long StartOf(int day)
    {
        var position = day - FirstDay;
        var number = position >> BlockBits;
        // Beyond the table every start is outside the years 1 to 9999; the caller refuses it.
        if ((uint)number >= BlockCount)
        {
            return day * Instant.PerDay;
        }

        // A block is published complete and never changed; two threads that both compute it store equal ones.
        var block = _blocks[number] ?? (_blocks[number] = Compute(FirstDay + number * BlockDays));
        return block[position & (BlockDays - 1)];
    }

    private long[] Compute(int first)
    {
        // No zone is a whole day away from UTC, so that a day of margin on both sides shows every candidate for a start.
        var from = (first - 1) * Instant.PerDay;
        var until = (first + BlockDays + 1) * Instant.PerDay;
        var starts = new long[BlockDays];
        var next = 0;
        foreach (var (stretchStart, stretchEnd, offset) in Zones.Stretches(_zone, from, until))
        {
            for (; next < BlockDays; next++)
            {
                // Local midnight; a clock that was set forward past it reaches the date when the stretch begins.
                var start = Math.Max((first + next) * Instant.PerDay - offset, stretchStart);
                if (start >= stretchEnd)
                {
                    break;
                }

                starts[next] = start;
            }
        }

        return starts;
    }

    /// <summary>
    /// A zone skips a day when it moves across the date line to the west: the offset jumps by about 24 hours and stays. Rules that repeat each year never do
    /// that, and no list of changes starts before 1840 or reaches 2100.
    /// </summary>
    private IEnumerable<int> FindSkipped()
    {
        const int Month = 30;
        const long Jump = Instant.PerDay * 5 / 6;
        var last = Civil.DayNumber(2100, 1, 1);
        for (var day = Civil.DayNumber(1840, 1, 1); day < last; day += Month)
        {
            if (Math.Abs(Zones.OffsetAt(_zone, (day + Month) * Instant.PerDay) - Zones.OffsetAt(_zone, day * Instant.PerDay)) < Jump)
            {
                continue;
            }

            // The month's days by local date: a day early and late for the distance from UTC.
            for (var candidate = day - 1; candidate <= day + Month; candidate++)
            {
                if (StartOf(candidate) == StartOf(candidate + 1))
                {
                    yield return candidate;
                }
            }
        }
    }
}

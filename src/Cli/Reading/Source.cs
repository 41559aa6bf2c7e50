using Typed.Cli.Output;
using Typed.Time;

namespace Typed.Cli.Reading;

/// <summary>Where the rows of a chart come from, and into which buckets they are merged.</summary>
/// <param name="Interval">The interval.</param>
/// <param name="UsesSlots">Whether rows go by their slots.</param>
/// <param name="Grid">The buckets of the chart.</param>
/// <param name="First">The first instant.</param>
/// <param name="Last">The last instant.</param>
internal sealed record Source(StoredInterval Interval, bool UsesSlots, Grid Grid, long First, long Last)
{
    /// <summary>As many buckets as a chart shows well.</summary>
    private const int GoodBuckets = 120;

    /// <summary>Chooses the interval that covers the time asked for, with buckets that are fine enough, and not finer than needed.</summary>
    /// <exception cref="CliException">No interval can do it.</exception>
    public static Source Choose(StoredSeries series, string? interval, string? by, DateTimeOffset? from, DateTimeOffset until, DateTimeOffset now)
    {
        if (series.Intervals.Count == 0)
        {
            throw new CliException(
                ExitCodes.NotTyped, $"The catalog does not tell the intervals of {series.Name}: an earlier version of the library made it.",
                "Open a store of its class once with the present version.");
        }

        var intervals = interval is null ? series.Intervals : [Named(series, interval)];
        var candidates = intervals.SelectMany(one => one.Grid.IsFine && (by is not null || series.Type == SeriesType.Series || interval is null)
            ?
            [
                new Candidate(one, one.Grid.Step, one.Grid.Spec.Step, UsesSlots: false),
                new Candidate(one, one.Grid.Resolution, one.Grid.Spec.Resolution, UsesSlots: true),
            ]
            : (Candidate[])[new(one, one.Grid.Step, one.Grid.Spec.Step, UsesSlots: false)]).ToArray();
        var last = Instant.From(until);
        if (by is not null)
        {
            return Merged(series, candidates, by, from, last, now);
        }

        var first = from is { } given ? Instant.From(given) : (long?)null;
        var chosen = candidates
            .OrderBy(one => first is { } start && one.Oldest(now) > start ? 1 : 0)
            .ThenBy(one => first is { } start && (last - start) / (one.Spec.NominalSeconds * (double)Instant.PerSecond) is > GoodBuckets or < 4 ? 1 : 0)
            .ThenBy(one => first is null ? 0 : one.Spec.NominalSeconds).First();
        return chosen.Over(chosen.Grid, first ?? chosen.DefaultStart(now, last), last, now);
    }

    private static Source Merged(StoredSeries series, Candidate[] candidates, string by, DateTimeOffset? from, long last, DateTimeOffset now)
    {
        var grid = TimeText.Grid(by, candidates[0].Interval.Grid.Spec.Zone, "--by");
        var fitting = series.Type == SeriesType.Series ? candidates : [.. candidates.Where(one => one.Nests(grid, last))];
        if (fitting.Length == 0)
        {
            throw new CliException(
                ExitCodes.Usage, $"--by '{by}': no interval of {series.Name} has buckets that fit into these.",
                $"It has {string.Join("; ", series.Intervals.Select(one => one.Grid.Spec))}.");
        }

        var start = from is { } given ? Instant.From(given) : (long?)null;
        var chosen = fitting.OrderBy(one => start is { } first && one.Oldest(now) > first ? 1 : 0).ThenByDescending(one => one.Spec.NominalSeconds).First();
        return chosen.Over(grid, start ?? chosen.DefaultStart(now, last), last, now);
    }

    /// <exception cref="CliException">There is no such interval.</exception>
    public static StoredInterval Named(StoredSeries series, string name) =>
        series.Intervals.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CliException(
            ExitCodes.NotFound, $"{series.Name} has no interval '{name}'.", Nearest.Sentence(name, [.. series.Intervals.Select(one => one.Name)], "intervals"));

    private sealed record Candidate(StoredInterval Interval, Grid Grid, StepSpec Spec, bool UsesSlots)
    {
        private const int DefaultBuckets = 60;

        public long Oldest(DateTimeOffset now) => Interval.Grid.OldestLive(Instant.From(now));

        public long DefaultStart(DateTimeOffset now, long last)
        {
            var nominal = Spec.NominalSeconds * Instant.PerSecond * DefaultBuckets;
            return Math.Max(Oldest(now), last - Instant.Min > nominal ? last - nominal : Instant.Min);
        }

        /// <summary>Whether buckets of this grid lie each in one of the other.</summary>
        public bool Nests(Grid coarser, long near)
        {
            if (Grid == coarser)
            {
                return true;
            }

            // Some buckets are tried: a grid nests everywhere, or soon shows that it does not.
            var start = coarser.Floor(near);
            var part = Grid.Floor(start);
            for (var i = 0; i < 3 && part == start; i++)
            {
                start = coarser.Floor(start - 1);
                part = Grid.Floor(start);
            }

            return part == start && Grid.End(Grid.Floor(near)) <= coarser.End(coarser.Floor(near));
        }

        public Source Over(Grid grid, long first, long last, DateTimeOffset now) =>
            new(Interval, UsesSlots, grid, Math.Max(first, Oldest(now)), last);
    }
}

using System.CommandLine;
using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Cli.Transfer;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Cli.Commands;

internal static class RebuildCommand
{
    public static Command Create(CommandContext context)
    {
        var series = new Argument<string>("series") { Description = "The series." };
        var interval = new Argument<string>("interval") { Description = "The interval that is computed." };
        var from = new Option<string>("--from") { Description = "The finer interval.", HelpName = "INTERVAL", Required = true };
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("rebuild", "Computes an interval anew from a finer one, while others write.") { series, interval, from, yes };
        context.OnDatabase(
            command,
            run =>
            {
                var found = run.Catalog.SeriesOf(run.Value(series));
                return RunAsync(run, found, IntervalOf(found, run.Value(interval)), IntervalOf(found, run.Value(from)), run.Value(yes));
            },
            writes: true);
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredSeries series, StoredInterval interval, StoredInterval finer, bool yes)
    {
        if (interval == finer)
        {
            throw new CliException(ExitCodes.Usage, $"Interval '{interval.Name}' cannot be rebuilt from itself.", Finer(series, interval));
        }

        var rebuild = await PlanAsync(run, series, interval, finer);
        var keys = rebuild is null ? 0 : await rebuild.CountAsync(run.CancellationToken);
        if (rebuild is not null && keys > 0)
        {
            var start = Instant.Text(rebuild.First);
            Question.Confirm(run.Terminal, $"Rebuild {interval.Name} of {series.Name} from {finer.Name}: {Counted(series, keys)}, all since {start}?", yes);
            keys = await run.Terminal.ProgressAsync(
                $"rebuild {series.Name}", keys, report => rebuild.RunAsync(report, run.CancellationToken));
        }

        if (run.Terminal.Json)
        {
            var listing = new Listing("series", "interval", "from", "since", "keys");
            listing.Add(series.Name, interval.Name, finer.Name, rebuild is null ? null : Instant.ToDateTimeOffset(rebuild.First), keys);
            listing.Write(run.Terminal, "");
        }
        else
        {
            run.Terminal.Note(rebuild is null || keys == 0
                ? $"{finer.Name} of {series.Name} holds nothing to rebuild {interval.Name} from."
                : $"{interval.Name} of {series.Name} rebuilt from {finer.Name}: {Counted(series, keys)}, all since {Instant.Text(rebuild.First)}.");
        }

        return ExitCodes.Done;
    }

    /// <summary>What there is to do; null where the finer interval holds no whole bucket.</summary>
    /// <exception cref="CliException">The grids do not fit.</exception>
    private static async Task<SeriesRebuild?> PlanAsync(Invocation run, StoredSeries series, StoredInterval interval, StoredInterval finer)
    {
        var target = (await SeriesTable.FindAsync(run.Database, series, interval, run.CancellationToken)).Rollup();
        var source = (await SeriesTable.FindAsync(run.Database, series, finer, run.CancellationToken)).Rollup();
        if (await ExtentAsync(source) is not var (oldest, latest))
        {
            return null;
        }

        var grids = new RebuildGrids(interval.Grid, finer.Grid);
        if (grids.FindFault(oldest, latest, out var mergesSlots) is { } fault)
        {
            throw new CliException(ExitCodes.Usage, fault, Finer(series, interval));
        }

        var first = await grids.FirstAsync(oldest, Instant.From(run.Now), async () => (await ExtentAsync(target))?.First);
        return first is { } start
            ? new(run.Database, series, new RebuildStatements(target.Rollup, interval.Grid, source, mergesSlots, run.Database.Dialect), start)
            : null;

        async Task<(long First, long Last)?> ExtentAsync(RollupStatements statements) =>
            (await run.Database.ListAsync<(long, long)?>(
                statements.Extent.For(0), row => row.IsNull(0) ? null : (row.Instant(0), row.Instant(1)), run.CancellationToken,
                static parameters => parameters.Instant(Instant.Min)))[0];
    }

    private static StoredInterval IntervalOf(StoredSeries series, string name) => series.Type == SeriesType.Series
        ? throw new CliException(
            ExitCodes.Usage, $"{series.Name} is a Series: it keeps its points and no buckets, so there is nothing to rebuild.",
            "Its intervals are computed at each read.")
        : Source.Named(series, name);

    /// <summary>A sentence with the intervals whose cells are no larger.</summary>
    private static string Finer(StoredSeries series, StoredInterval interval)
    {
        var finer = series.Intervals
            .Where(one => one != interval && one.Grid.Spec.Resolution.NominalSeconds <= interval.Grid.Spec.Resolution.NominalSeconds)
            .Select(one => one.Grid.Spec).ToArray();
        return finer.Length > 0 ? $"Give a finer one: {string.Join<IntervalSpec>("; ", finer)}." : $"{series.Name} has no finer interval.";
    }

    private static string Counted(StoredSeries series, long keys) =>
        series.Keys.Count == 0 ? "it has no key" : string.Create(CultureInfo.InvariantCulture, $"{keys:N0} {(keys == 1 ? "key" : "keys")}");
}

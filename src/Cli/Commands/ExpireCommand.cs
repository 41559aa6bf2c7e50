using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Streams.Reading;
using Typed.Time;

namespace Typed.Cli.Commands;

internal static class ExpireCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("name") { Description = "Only this stream or series.", Arity = ArgumentArity.ZeroOrOne };
        var dry = new Option<bool>("--dry-run") { Description = "Only counts what would be removed." };
        var command = new Command("expire", "Removes dead buckets, and events older than their stream retains, as the catalog says.") { name, dry };
        context.OnDatabase(command, parsed => !parsed.GetValue(dry), run => RunAsync(run, run.Value(name), run.Value(dry)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string? name, bool isDry)
    {
        var (only, onlySeries) = name is null ? (null, null) : run.Catalog.Find(name);
        var listing = new Listing("name", "interval", "removes before", isDry ? "would remove" : "removed");
        foreach (var series in name is null ? run.Catalog.Series : onlySeries is null ? [] : [onlySeries])
        {
            foreach (var interval in series.Intervals.DistinctBy(one => one.Table, StringComparer.Ordinal))
            {
                var table = await SeriesTable.FindAsync(run.Database, series, interval, run.CancellationToken);
                var oldest = table.OldestLive(run.Now);
                if (oldest > Instant.Min)
                {
                    var label = series.Type == SeriesType.Series ? null : interval.Name;
                    listing.Add(series.Name, label, Instant.ToDateTimeOffset(oldest), await ExpireAsync(run, table.CountDead, table.Expire, isDry, oldest));
                }
            }
        }

        foreach (var stream in name is null ? run.Catalog.Streams : only is null ? [] : [only])
        {
            if (stream.Retain is { } retain)
            {
                var before = run.Now - retain;
                listing.Add(stream.Name, null, before, await ExpireAsync(run, stream, before, isDry));
            }
        }

        listing.Write(run.Terminal, "Nothing has a limit: no interval says keep, and no stream Retain.");
        return ExitCodes.Done;
    }

    private static async Task<long> ExpireAsync(Invocation run, string count, string delete, bool isDry, long oldest) => isDry
        ? (await run.Database.ListAsync(count, row => row.Int64(0), run.CancellationToken, parameters => parameters.Instant(oldest)))[0]
        : await run.Database.ExecuteAsync([delete], parameters => parameters.Instant(oldest), run.CancellationToken);

    private static async Task<long> ExpireAsync(Invocation run, StoredStream stream, DateTimeOffset before, bool isDry)
    {
        var table = await EventTable.FindAsync(run.Database, stream, run.CancellationToken);
        var range = IdRange.All.Before(before);
        var pages = new EventPages(run.Database, table);
        var removed = 0L;
        foreach (var space in await run.Database.ListAsync(
            $"SELECT DISTINCT {table.Namespace} FROM {table.Sql}", row => row.Text(0), run.CancellationToken))
        {
            removed += range.IsEmpty ? 0
                : isDry ? await pages.CountAsync(space, range, run.CancellationToken)
                : await run.Database.ExecuteAsync([table.Delete], new RangeParameters(space, range).Bind, run.CancellationToken);
        }

        return removed;
    }
}

using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Time;

namespace Typed.Cli.Commands;

internal static class KeysCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("series") { Description = "The series." };
        var command = new Command("keys", "Lists the keys of a series that have live buckets, with the first and last of them.") { name };
        context.OnDatabase(command, run => RunAsync(run, run.Catalog.SeriesOf(run.Value(name))));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredSeries series)
    {
        var keys = new Dictionary<string, (object[] Key, long First, long Last, long Rows)>(StringComparer.Ordinal);
        foreach (var interval in series.Intervals.DistinctBy(interval => interval.Table, StringComparer.Ordinal))
        {
            var table = await SeriesTable.FindAsync(run.Database, series, interval, run.CancellationToken);
            var rows = await run.Database.ListAsync(
                table.KeyExtents,
                row => (Key: table.Key(row), First: row.Instant(series.Keys.Count), Last: row.Instant(series.Keys.Count + 1),
                    Rows: row.Int64(series.Keys.Count + 2)),
                run.CancellationToken,
                parameters => parameters.Instant(table.OldestLive(run.Now)));
            foreach (var (key, first, last, count) in rows)
            {
                var text = string.Join('\n', key.Select(ValueText.Plain));
                keys[text] = keys.TryGetValue(text, out var seen)
                    ? (key, Math.Min(seen.First, first), Math.Max(seen.Last, last), seen.Rows + count)
                    : (key, first, last, count);
            }
        }

        var listing = new Listing([.. series.Keys.Select(key => key.Member), "first", "last", "rows"]);
        foreach (var (key, first, last, count) in keys.Values)
        {
            listing.Add([.. key, Instant.ToDateTimeOffset(first), Instant.ToDateTimeOffset(last), count]);
        }

        listing.Write(run.Terminal, $"{series.Name} holds nothing.");
        return ExitCodes.Done;
    }
}

using System.CommandLine;
using Typed.Cli.Output;

namespace Typed.Cli.Commands;

internal static class SeriesCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("series", "Lists the time series: type, keys, value and intervals.");
        context.OnDatabase(command, run =>
        {
            var listing = new Listing("series", "type", "keys", "value", "intervals");
            foreach (var series in run.Catalog.Series)
            {
                listing.Add(
                    series.Name, series.Type.ToString(), series.Keys.Select(key => $"{key.Member} {key.Type}").ToArray(),
                    $"{series.Value.Member} {series.Value.Type}", series.Intervals.Select(interval => interval.Grid.Spec.ToString()).ToArray());
            }

            listing.Write(run.Terminal, "There are no series.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}

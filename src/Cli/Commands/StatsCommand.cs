using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;

namespace Typed.Cli.Commands;

internal static class StatsCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new SeriesOptions();
        var command = new Command("stats", "The figures of a series over a time as a whole.");
        options.AddTo(command);
        context.OnDatabase(command, run => RunAsync(run, run.Catalog.SeriesOf(run.Value(options.Series)), options));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredSeries series, SeriesOptions options)
    {
        var source = options.SourceOf(run, series);
        var cells = await CellReader.ReadAsync(run.Database, series, source, run.Value(options.Key), run.CancellationToken);
        var listing = new Listing("figure", "value");
        listing.Add("interval", source.Interval.Grid.Spec.ToString());
        if (cells.Count > 0)
        {
            var whole = Cell.Merge(cells);
            listing.Add("from", Time.Instant.ToDateTimeOffset(whole.Start));
            listing.Add("to", Time.Instant.ToDateTimeOffset(whole.End));
            foreach (var figure in Figures.Of(series))
            {
                listing.Add(figure, whole.Figure(figure));
            }
        }

        listing.Write(run.Terminal, "");
        return ExitCodes.Done;
    }
}

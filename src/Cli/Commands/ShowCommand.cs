using System.CommandLine;
using Spectre.Console;
using Typed.Cli.Charts;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Time;

namespace Typed.Cli.Commands;

internal static class ShowCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new SeriesOptions();
        var chart = new Option<string?>("--chart") { Description = "bars, line or heat. Default: what suits the series.", HelpName = "KIND" };
        var figure = new Option<string?>("--stat") { Description = "count, sum, min, max, mean, rate, last, stddev, p95, …", HelpName = "NAME" };
        var command = new Command("show", "Shows a series as a chart in the terminal, or its buckets with their figures.");
        options.AddTo(command);
        command.Options.Add(chart);
        command.Options.Add(figure);
        context.OnDatabase(command, run => RunAsync(run, run.Catalog.SeriesOf(run.Value(options.Series)), options, run.Value(chart), run.Value(figure)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredSeries series, SeriesOptions options, string? chart, string? figure)
    {
        figure = figure is null ? null : Figures.Check(figure);
        var drawn = Chart.Of(series, chart, figure);
        var source = options.SourceOf(run, series);
        var key = run.Value(options.Key);
        var cells = await CellReader.ReadAsync(run.Database, series, source, key, run.CancellationToken);
        if (!options.HasStart(run) && cells.Exists(cell => !cell.IsEmpty))
        {
            // Nobody asked for the time before the first data.
            cells.RemoveRange(0, cells.FindIndex(cell => !cell.IsEmpty));
        }

        if (!run.Terminal.IsForPeople)
        {
            List(series, figure, cells).Write(run.Terminal, "");
            return ExitCodes.Done;
        }

        var of = key.Length > 0 ? $" {string.Join(' ', key)}" : series.Keys.Count > 0 ? ", all keys" : "";
        run.Terminal.Rich.MarkupLineInterpolated($"[bold]{series.Name}[/]{of}  [grey]{drawn.Title}, interval {source.Interval.Name}[/]");
        drawn.Write(run.Terminal, cells);
        TopValues.Write(run.Terminal, cells);
        if (cells.TrueForAll(cell => cell.IsEmpty))
        {
            run.Terminal.Rich.MarkupLine("[grey]There is nothing in this time.[/]");
        }

        return ExitCodes.Done;
    }

    private static Listing List(StoredSeries series, string? figure, List<Cell> cells)
    {
        var figures = figure is null ? Figures.Of(series) : [figure];
        var listing = new Listing(["start", "end", .. figures]);
        foreach (var cell in cells)
        {
            listing.Add([Instant.ToDateTimeOffset(cell.Start), Instant.ToDateTimeOffset(cell.End), .. figures.Select(name => (object?)cell.Figure(name))]);
        }

        return listing;
    }
}

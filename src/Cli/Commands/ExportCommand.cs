using System.CommandLine;
using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Cli.Transfer;

namespace Typed.Cli.Commands;

internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "The stream, or the series." };
        var file = new Argument<string?>("file")
        {
            Description = "The file; compressed where it ends in .gz or .zst. Without it: standard output.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new StreamOptions();
        var all = new Option<bool>("--all-namespaces") { Description = "The events of all namespaces; each line names its own." };
        var force = new Option<bool>("--force") { Description = "Replaces the file if it is there." };
        var interval = new Option<string?>("--interval", "-i") { Description = "Of a series: the interval.", HelpName = "NAME" };
        var key = new Option<string[]>("--key", "-k")
        {
            Description = "Of a series: the members of a key, in order.", HelpName = "MEMBER", AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command(
            "export",
            "Writes events to a file of JSON lines, or the buckets of a series as CSV. An export of events that was interrupted goes on where it was.")
        {
            name, file,
        };
        options.AddTo(command);
        foreach (var option in new Option[] { all, interval, key, force })
        {
            command.Options.Add(option);
        }

        context.OnDatabase(command, run =>
        {
            var (stream, series) = run.Catalog.Find(run.Value(name));
            if (run.Value(file) is { } path && path != "-" && File.Exists(path) && !run.Value(force))
            {
                throw new CliException(ExitCodes.BadInput, $"{path} is there already.", "Choose another name, or replace it with --force.");
            }

            if (series is not null)
            {
                run.Refuse(
                    $"the series {series.Name}", "Give --from, --until, --interval and --key: a namespace is the first member of the key.",
                    options.Namespace, options.Before, options.After, all);
            }
            else
            {
                run.Refuse($"the stream {stream!.Name}", "Give a namespace and a range.", interval, key);
            }

            return stream is not null
                ? RunAsync(run, stream, run.Value(file), options, run.Value(all))
                : RunAsync(run, series!, run.Value(file), options, run.Value(interval), run.Value(key) ?? []);
        });
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredSeries series, string? file, StreamOptions options, string? interval, string[] key)
    {
        if (interval is null && series.Type != SeriesType.Series && series.Intervals.Count > 1)
        {
            throw new CliException(
                ExitCodes.Usage, $"{series.Name} has several intervals.", $"Give --interval: {string.Join(", ", series.Intervals.Select(one => one.Name))}.");
        }

        var found = interval is null ? series.Intervals[0] : Source.Named(series, interval);
        var table = await SeriesTable.FindAsync(run.Database, series, found, run.CancellationToken);
        var export = new BucketExport(run.Database, table);
        var (first, last) = BucketExport.RangeOf(
            table, run.Now, run.Value(options.From) is { } from ? TimeText.Parse(from, run.Now, "--from") : null,
            run.Value(options.Until) is { } until ? TimeText.Parse(until, run.Now, "--until") : null);
        if (file is null or "-")
        {
            await run.Terminal.Text.FlushAsync(run.CancellationToken);
            await export.WriteAsync(run.Terminal.Output, key, first, last, static _ => { }, run.CancellationToken);
            return ExitCodes.Done;
        }

        var rows = await run.Terminal.ProgressAsync(
            $"export {series.Name}", total: null, report => export.WriteFileAsync(file, key, first, last, report, run.CancellationToken));
        Say(run, file, "rows", rows, before: 0);
        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(Invocation run, StoredStream stream, string? file, StreamOptions options, bool all)
    {
        var range = options.RangeOf(run, descending: false);
        var table = await EventTable.FindAsync(run.Database, stream, run.CancellationToken);
        var spaces = all
            ? [.. (await StreamExtent.ReadAsync(run.Database, stream, run.CancellationToken)).Select(extent => extent.Namespace).Order(StringComparer.Ordinal)]
            : new List<string> { options.NamespaceOf(run) };
        var export = new EventExport(run.Database, table, spaces, namesNamespace: all);
        if (file is null or "-")
        {
            await run.Terminal.Text.FlushAsync(run.CancellationToken);
            await export.WriteAsync(run.Terminal.Output, range, run.CancellationToken);
            return ExitCodes.Done;
        }

        var pages = new EventPages(run.Database, table);
        long? total = null;
        if (run.Terminal.IsErrorTerminal)
        {
            total = 0;
            foreach (var space in spaces)
            {
                total += await pages.CountAsync(space, range, run.CancellationToken);
            }
        }

        // A restarted export of other events must not go on with this one's.
        var of = $"{run.Database.Address} {stream.Name} {(all ? "*" : spaces[0])} {range.LowId} {range.HighId}";
        var events = await run.Terminal.ProgressAsync(
            $"export {stream.Name}", total, report => export.WriteFileAsync(file, range, of, report, run.CancellationToken));
        Say(run, file, "events", events, export.Before);
        return ExitCodes.Done;
    }

    private static void Say(Invocation run, string file, string what, long count, long before)
    {
        if (run.Terminal.Json)
        {
            var listing = new Listing("file", what, "resumed after");
            listing.Add(file, count, before);
            listing.Write(run.Terminal, "");
        }
        else
        {
            var resumed = before > 0 ? string.Create(CultureInfo.InvariantCulture, $", the first {before:N0} of them by an export before") : "";
            run.Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what} in {file}{resumed}."));
        }
    }
}

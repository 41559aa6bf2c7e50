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
        var name = new Argument<string>("name") { Description = "The stream." };
        var file = new Argument<string?>("file")
        {
            Description = "The file; compressed where it ends in .gz or .zst. Without it: standard output.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new StreamOptions();
        var all = new Option<bool>("--all-namespaces") { Description = "The events of all namespaces; each line names its own." };
        var force = new Option<bool>("--force") { Description = "Replaces the file if it is there." };
        var command = new Command("export", "Writes events to a file of JSON lines. An export that was interrupted goes on where it was.") { name, file };
        options.AddTo(command);
        command.Options.Add(all);
        command.Options.Add(force);
        context.OnDatabase(command, run => RunAsync(run, run.Catalog.StreamOf(run.Value(name)), run.Value(file), options, run.Value(all), run.Value(force)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredStream stream, string? file, StreamOptions options, bool all, bool force)
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

        if (File.Exists(file) && !force)
        {
            throw new CliException(ExitCodes.BadInput, $"{file} is there already.", "Choose another name, or replace it with --force.");
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
        Say(run, file, events, export.Before);
        return ExitCodes.Done;
    }

    private static void Say(Invocation run, string file, long events, long before)
    {
        if (run.Terminal.Json)
        {
            var listing = new Listing("file", "events", "resumed after");
            listing.Add(file, events, before);
            listing.Write(run.Terminal, "");
        }
        else
        {
            var resumed = before > 0 ? string.Create(CultureInfo.InvariantCulture, $", the first {before:N0} of them by an export before") : "";
            run.Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{events:N0} events in {file}{resumed}."));
        }
    }
}

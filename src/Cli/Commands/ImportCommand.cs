using System.CommandLine;
using System.Globalization;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Cli.Transfer;

namespace Typed.Cli.Commands;

internal static class ImportCommand
{
    private const string Kronos = "kronos";
    private const string KairosSql = "kairos-sql";

    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "The stream; of kairos-sql the series." };
        var file = new Argument<string>("file")
        {
            Description = "A file that export wrote, or - for standard input; of kairos-sql the connection of its database.",
        };
        var streamNamespace = new StreamOptions().Namespace;
        streamNamespace.Description = "The namespace of lines that name none.";
        var skipBad = new Option<bool>("--skip-bad") { Description = "Leaves out lines that do not fit, and says which." };
        var from = new Option<string?>("--from")
        {
            Description = "Another form: kronos, lines of JSON as Kronos gives events; kairos-sql, the tables of kairos in a database.", HelpName = "FORM",
        };
        from.AcceptOnlyFromAmong(Kronos, KairosSql);
        var command = new Command("import", "Stores events of a file, each once by its id: an import may be repeated.")
        {
            name, file, from, streamNamespace, skipBad,
        };
        context.OnDatabase(
            command,
            run => run.Value(from) == KairosSql
                ? RunAsync(run, run.Catalog.SeriesOf(run.Value(name)), run.Value(file))
                : RunAsync(
                    run, run.Catalog.StreamOf(run.Value(name)), run.Value(file), StreamOptions.CheckNamespace(run.Value(streamNamespace)),
                    run.Value(from) == Kronos, run.Value(skipBad)),
            writes: true);
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, StoredSeries series, string source)
    {
        var (kind, connection) = ConnectionChoice.Find(source, profile: null);
        await using var kairos = await StoredDatabase.OpenAsync(kind, connection, isReadOnly: true, run.CancellationToken);
        var import = new KairosImport(kairos, run.Database, series);
        var rows = await run.Terminal.ProgressAsync($"import {series.Name}", total: null, report => import.RunAsync(report, run.CancellationToken));
        if (run.Terminal.Json)
        {
            var listing = new Listing("read");
            listing.Add(rows);
            listing.Write(run.Terminal, "");
        }
        else
        {
            run.Terminal.Note(string.Create(CultureInfo.InvariantCulture,
                $"{rows:N0} rows of kairos read; those that were there already stayed as they were."));
        }

        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(Invocation run, StoredStream stream, string file, string streamNamespace, bool isKronos, bool skipBad)
    {
        var table = await EventTable.FindAsync(run.Database, stream, run.CancellationToken);
        var import = new EventImport(run.Database, table, isKronos ? KronosLine.Read : EventLine.Read, skipBad ? run.Terminal.Note : null);
        await using var raw = file == "-"
            ? Console.OpenStandardInput()
            : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        long? total = raw.CanSeek ? raw.Length : null;
        await using var input = Compression.Read(raw, file);
        try
        {
            await run.Terminal.ProgressAsync($"import {stream.Name}", total, async report =>
            {
                await import.RunAsync(input, streamNamespace, lines => report(raw.CanSeek ? raw.Position : lines), run.CancellationToken);
                return true;
            });
        }
        catch (InvalidDataException error)
        {
            throw new CliException(ExitCodes.BadInput, $"{file} is damaged: {error.Message}", "What stands before the damage is stored.", error);
        }
        catch (ZstdSharp.ZstdException error)
        {
            throw new CliException(ExitCodes.BadInput, $"{file} is damaged: {error.Message}", "What stands before the damage is stored.", error);
        }

        Say(run, import);
        return import.Bad > 0 ? ExitCodes.BadInput : ExitCodes.Done;
    }

    private static void Say(Invocation run, EventImport import)
    {
        if (run.Terminal.Json)
        {
            var listing = new Listing("stored", "known", "bad");
            listing.Add(import.Stored, import.Known, import.Bad);
            listing.Write(run.Terminal, "");
        }
        else
        {
            var known = import.Known > 0 ? string.Create(CultureInfo.InvariantCulture, $", {import.Known:N0} were there already") : "";
            var bad = import.Bad > 0 ? string.Create(CultureInfo.InvariantCulture, $", {import.Bad:N0} lines did not fit") : "";
            run.Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{import.Stored:N0} events stored{known}{bad}."));
        }
    }
}

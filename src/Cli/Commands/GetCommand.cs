using System.CommandLine;
using System.Text;
using Typed.Cli.Output;
using Typed.Cli.Reading;

namespace Typed.Cli.Commands;

internal static class GetCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("stream") { Description = "The stream." };
        var options = new StreamOptions();
        var descending = new Option<bool>("--descending", "-d") { Description = "The newest first." };
        var take = new Option<long?>("--take", "-t") { Description = "At most so many.", HelpName = "N" };
        take.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() < 0)
            {
                result.AddError("--take is negative.");
            }
        });
        var command = new Command("get", "Writes events, a line of JSON each: id, time, body.") { name };
        options.AddTo(command);
        command.Options.Add(descending);
        command.Options.Add(take);
        context.OnDatabase(command, run => RunAsync(run, run.Value(name), options, run.Value(descending), run.Value(take)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string name, StreamOptions options, bool descending, long? take)
    {
        var stream = run.Catalog.StreamOf(name);
        var (streamNamespace, range) = (options.NamespaceOf(run), options.RangeOf(run, descending));
        var table = await EventTable.FindAsync(run.Database, stream, run.CancellationToken);
        var pages = new EventPages(run.Database, table);
        var lines = new EventLines();
        await run.Terminal.Text.FlushAsync(run.CancellationToken);
        await pages.ReadAsync(streamNamespace, range, descending, take ?? long.MaxValue, WriteAsync, run.CancellationToken);
        return ExitCodes.Done;

        async Task WriteAsync(EventPage page)
        {
            if (run.Terminal.IsForPeople)
            {
                page.Each((id, _, json) => Show(run.Terminal, id, json));
                return;
            }

            page.Each((id, version, json) => lines.Add(id, streamNamespace: null, version, json));
            await run.Terminal.Output.WriteAsync(lines.Written, run.CancellationToken);
            lines.Clear();
        }
    }

    private static void Show(Terminal terminal, Guid id, ReadOnlySpan<byte> json)
    {
        var time = EventId.TryTimeOf(id, out var known) ? ValueText.Instant(known) : "no time";
        terminal.Rich.Write(new Spectre.Console.Text(time + " ", new(Spectre.Console.Color.Green)));
        terminal.Rich.Write(new Spectre.Console.Text(id.ToString("D") + " ", new(Spectre.Console.Color.Grey)));
        terminal.Text.Write(Encoding.UTF8.GetString(json));
        terminal.Text.Write('\n');
    }
}

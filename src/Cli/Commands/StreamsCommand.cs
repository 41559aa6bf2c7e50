using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Time;

namespace Typed.Cli.Commands;

internal static class StreamsCommand
{
    public static Command Create(CommandContext context)
    {
        var only = new Option<string?>("--namespace", "-n") { Description = "Only what is in this namespace.", HelpName = "NAME" };
        var command = new Command("streams", "Lists the event streams: how many events, in how many namespaces, from when to when.") { only };
        context.OnDatabase(command, run => RunAsync(run, run.Value(only)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string? only)
    {
        var listing = new Listing("stream", "namespaces", "events", "first", "last", "retain");
        foreach (var stream in run.Catalog.Streams)
        {
            var spaces = (await StreamExtent.ReadAsync(run.Database, stream, run.CancellationToken))
                .Where(space => only is null || space.Namespace == only).ToArray();
            if (spaces.Length > 0 || only is null)
            {
                DateTimeOffset? first = spaces.Length > 0 ? spaces.Min(space => space.First) : null;
                DateTimeOffset? last = spaces.Length > 0 ? spaces.Max(space => space.Last) : null;
                var retain = stream.Retain is { } span ? new StepSpec((long)span.TotalSeconds, CalendarWord.None).ToString() : null;
                listing.Add(stream.Name, (long)spaces.Length, spaces.Sum(space => space.Events), first, last, retain);
            }
        }

        listing.Write(run.Terminal, "There are no streams.");
        return ExitCodes.Done;
    }
}

using System.CommandLine;
using Typed.Cli.Output;
using Typed.Cli.Reading;

namespace Typed.Cli.Commands;

internal static class NamespacesCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("stream") { Description = "Only the namespaces of this stream.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("namespaces", "Lists the namespaces that hold events.") { name };
        context.OnDatabase(command, run => RunAsync(run, run.Value(name)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string? name)
    {
        List<(string Stream, StreamExtent Extent)> all = [];
        foreach (var stream in name is null ? run.Catalog.Streams : [run.Catalog.StreamOf(name)])
        {
            all.AddRange((await StreamExtent.ReadAsync(run.Database, stream, run.CancellationToken)).Select(extent => (stream.Name, extent)));
        }

        var listing = new Listing("namespace", "streams", "events", "first", "last");
        foreach (var space in all.GroupBy(one => one.Extent.Namespace, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            listing.Add(
                space.Key, space.Select(one => one.Stream).ToArray(), space.Sum(one => one.Extent.Events), space.Min(one => one.Extent.First),
                space.Max(one => one.Extent.Last));
        }

        listing.Write(run.Terminal, "No namespace holds events.");
        return ExitCodes.Done;
    }
}

using System.CommandLine;
using Typed.Cli.Output;

namespace Typed.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("doctor", "Examines the database: versions, sizes, dead rows, missing indexes, writers; and says what to do.");
        context.OnDatabase(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation run)
    {
        var version = (await run.Database.ListAsync(run.Database.Kind.Version, row => row.Text(0), run.CancellationToken))[0];
        var listing = new Listing("what", "found", "to do");
        listing.Add("database", $"{run.Database.Address}, {run.Database.Kind.Name} {version}", null);
        foreach (var table in run.Catalog.Gone)
        {
            listing.Add($"table {table}", "is in the catalog and not in the database", "Nothing, if it was dropped on purpose: it is made anew when a store opens.");
        }

        listing.Write(run.Terminal, "");
        return run.Catalog.Gone.Count > 0 ? ExitCodes.Found : ExitCodes.Done;
    }
}

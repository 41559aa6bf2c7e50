using System.CommandLine;
using Typed.Cli.Health;
using Typed.Cli.Output;

namespace Typed.Cli.Commands;

internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("doctor", "Examines the database: versions, sizes, dead rows, free space, missing indexes, writers; and says what to do.");
        context.OnDatabase(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(Invocation run)
    {
        var findings = await new Examination(run.Database, run.Catalog, run.Now).RunAsync(run.CancellationToken);
        var listing = new Listing("what", "found", "to do");
        foreach (var (subject, found, toDo) in findings)
        {
            listing.Add(subject, found, toDo);
        }

        listing.Write(run.Terminal, "");
        return findings.Any(finding => finding.ToDo is not null) ? ExitCodes.Found : ExitCodes.Done;
    }
}

using Typed.Cli.Connections;
using Typed.Cli.Output;

namespace Typed.Cli.Commands;

/// <summary>Errors as one line and an exit code.</summary>
internal static class Errors
{
    /// <summary>What to say.</summary>
    public static CliException Explain(Exception error, StoredDatabase? database, CancellationToken cancellationToken) => error switch
    {
        CliException said => said,
        OperationCanceledException when cancellationToken.IsCancellationRequested =>
            new(ExitCodes.Interrupted, "Interrupted.", "What was done so far is whole; the same command goes on where it can."),
        TimeZoneNotFoundException => new(ExitCodes.Failed, error.Message, "Install the time zones (tzdata).", error),
        UnauthorizedAccessException => new(ExitCodes.Denied, error.Message, "Check the rights on the file.", error),
        FileNotFoundException or DirectoryNotFoundException => new(ExitCodes.NotFound, error.Message, "Check the path.", error),
        _ when database?.Explain(error) is { } problem => new(problem.ExitCode, problem.Text, problem.WayOut, error),
        IOException => new(ExitCodes.Failed, error.Message, "--verbose shows where.", error),
        _ => new(
            ExitCodes.Failed, $"{error.GetType().Name}: {error.Message}", "This is a fault of this program: please report what --verbose shows.", error),
    };
}

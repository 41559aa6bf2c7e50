namespace Typed.Cli.Output;

/// <summary>Ends a command with one line: what is wrong, and the way out.</summary>
internal sealed class CliException(int exitCode, string problem, string? wayOut = null, Exception? inner = null)
    : Exception(wayOut is null ? problem : $"{problem} {wayOut}", inner)
{
    public int ExitCode { get; } = exitCode;
}

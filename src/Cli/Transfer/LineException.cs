namespace Typed.Cli.Transfer;

/// <summary>A line does not fit.</summary>
internal sealed class LineException(string reason) : Exception(reason);

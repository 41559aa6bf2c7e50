using System.Text.Json;

namespace Typed.Cli.Transfer;

/// <summary>A line does not fit.</summary>
internal sealed class LineException(string reason) : Exception(reason)
{
    /// <summary>The reader's words follow, without their place: the line is named.</summary>
    public LineException(string what, JsonException broken)
        : this($"{what}: {broken.Message.Split(" LineNumber")[0].TrimEnd('.')}")
    {
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;

namespace Typed.Streams;

/// <summary>The grammar of names of streams and namespaces: <c>[A-Za-z0-9_.-]{1,200}</c>.</summary>
internal static class StreamNames
{
    public const string DefaultNamespace = "default";

    private const int MaxLength = 200;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <exception cref="ArgumentException">The name is outside the grammar.</exception>
    public static string Check(string streamNamespace, [CallerArgumentExpression(nameof(streamNamespace))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(streamNamespace, parameter);
        return streamNamespace.Length is > 0 and <= MaxLength && !streamNamespace.AsSpan().ContainsAnyExcept(s_allowed)
            ? streamNamespace
            : throw new ArgumentException(
                $"'{streamNamespace}' is no namespace: use 1 to 200 letters, digits, underscores, dots and hyphens of ASCII.", parameter);
    }
}

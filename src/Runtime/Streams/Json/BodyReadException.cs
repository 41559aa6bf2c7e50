using System.Text.Json;

namespace Typed.Streams.Json;

/// <summary>A value that is not what the member's type expects. Becomes an <see cref="EventReadException"/> once its place is known.</summary>
/// <param name="expected">What was expected, or what is wrong where <paramref name="token"/> ends an object.</param>
/// <param name="token">What stood there.</param>
internal sealed class BodyReadException(string expected, JsonTokenType token) : JsonException(expected)
{
    public JsonTokenType Token { get; } = token;
}

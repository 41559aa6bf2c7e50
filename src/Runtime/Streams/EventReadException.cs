using System.Text.Json;

namespace Typed;

#pragma warning disable RCS1194 // Only the library creates it, always with the place and the reason.

/// <summary>A stored body that the declared class cannot read. <see cref="JsonException.Path"/> names the member.</summary>
public sealed class EventReadException : JsonException
{
    internal EventReadException(string message, string path, Exception? inner)
        : base(message, path, lineNumber: null, bytePositionInLine: null, inner)
    {
    }
}

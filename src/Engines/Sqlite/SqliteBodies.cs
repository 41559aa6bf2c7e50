using System.Text.Json;

namespace Typed.Sqlite;

/// <summary>Bodies of events as SQLite has them: texts.</summary>
internal static class SqliteBodies
{
    /// <summary>Whether two bodies are the same: one text, or where bodies are values, one value, as PostgreSQL's <c>json</c> and <c>jsonb</c> compare.</summary>
    public static bool AreSame(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> given, ColumnKind kind) =>
        stored.SequenceEqual(given) || (kind == ColumnKind.Jsonb && AreEqualValues(stored.ToArray(), given.ToArray()));

    private static bool AreEqualValues(byte[] stored, byte[] given)
    {
        using var right = JsonDocument.Parse(given);
        try
        {
            using var left = JsonDocument.Parse(stored);
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (JsonException)
        {
            return false; // somebody else stored what is no JSON
        }
    }
}

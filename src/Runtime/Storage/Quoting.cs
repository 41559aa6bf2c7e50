namespace Typed.Storage;

/// <summary>Quoted names and texts; both databases quote alike.</summary>
internal static class Quoting
{
    public static string Name(string? schema, string name) => schema is null ? Name(name) : $"{Name(schema)}.{Name(name)}";

    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

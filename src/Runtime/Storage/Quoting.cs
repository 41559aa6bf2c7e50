namespace Typed.Storage;

/// <summary>Quoted names; both databases quote alike.</summary>
internal static class Quoting
{
    public static string Name(string? schema, string name) => schema is null ? Name(name) : $"{Name(schema)}.{Name(name)}";

    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

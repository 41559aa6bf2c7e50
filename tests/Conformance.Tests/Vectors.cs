using System.Collections.Concurrent;
using System.Text.Json;

namespace Typed.Conformance.Tests;

/// <summary>The vectors: <c>vectors/</c> beside the tests, or the directory that the variable TYPED_VECTORS names.</summary>
public static class Vectors
{
    // Documents live as long as the process: elements of them are handed out.
    private static readonly ConcurrentDictionary<string, Lazy<JsonElement>> s_documents = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string File, string Section), Lazy<Dictionary<string, JsonElement>>> s_sections = new();

    public static string Root { get; } = Environment.GetEnvironmentVariable("TYPED_VECTORS") is { Length: > 0 } directory
        ? directory
        : Path.Combine(AppContext.BaseDirectory, "vectors");

    /// <summary>A whole file, such as <c>series/grids.json</c>.</summary>
    public static JsonElement Read(string file) =>
        s_documents.GetOrAdd(file, static name => new(() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, name))).RootElement)).Value;

    /// <summary>The items of one array of a file by their ids; section "" is the file itself.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Items(string file, string section) =>
        s_sections.GetOrAdd((file, section), static key => new(() =>
        {
            var root = Read(key.File);
            return (key.Section.Length == 0 ? root : root.GetProperty(key.Section)).EnumerateArray()
                .ToDictionary(static item => item.GetProperty("id").GetString()!, StringComparer.Ordinal);
        })).Value;

    /// <summary>Ids as theory data: a failing case is then named by its id, and every case is its own.</summary>
    public static TheoryData<string> Ids(string file, string section) => [.. Items(file, section).Keys];

    /// <summary>A member's value, or null where it is absent or null.</summary>
    public static JsonElement? Find(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member that is a string, or null.</summary>
    public static string? FindText(this JsonElement element, string member) => element.Find(member)?.GetString();
}

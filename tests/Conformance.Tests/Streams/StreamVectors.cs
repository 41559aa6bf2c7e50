using System.Reflection;
using System.Text.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>The rows of a vector file of streams by their ids.</summary>
internal sealed class StreamVectors(string file)
{
    private readonly IReadOnlyDictionary<string, JsonElement> _rows = Vectors.Items($"streams/{file}", "");

    public static StreamVectors Ids { get; } = new("ids.json");

    public static StreamVectors Inference { get; } = new("inference.json");

    public static StreamVectors Json { get; } = new("json.json");

    public IEnumerable<JsonElement> Rows => _rows.Values;

    public JsonElement this[string id] => _rows[id];

    /// <summary>The ids of all rows that do one operation, as theory data.</summary>
    public TheoryData<string> Cases(string? op = null) =>
        [.. _rows.Where(row => op is null || row.Value.GetProperty("op").ValueEquals(op)).Select(row => row.Key)];

    /// <summary>A row whose operation no test knows would be left out without a word.</summary>
    public void AssertCased(Type tests)
    {
        var cases = tests.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(TheoryData<string>))
            .SelectMany(property => ((TheoryData<string>)property.GetValue(null)!).Select(row => row.Data));
        Assert.Equal(_rows.Keys.Order(StringComparer.Ordinal), cases.Order(StringComparer.Ordinal));
    }
}

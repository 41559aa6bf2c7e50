using System.Text.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>The rows of a vector file by their ids. The variable TYPED_VECTORS names a folder to use instead of the one beside the tests.</summary>
internal sealed class StreamVectors
{
    private static readonly string Root = Environment.GetEnvironmentVariable("TYPED_VECTORS") ?? Path.Combine(AppContext.BaseDirectory, "vectors");

    private readonly Dictionary<string, JsonElement> _rows = new(StringComparer.Ordinal);

    private StreamVectors(string file)
    {
        using var stream = File.OpenRead(Path.Combine(Root, "streams", file));
        foreach (var row in JsonDocument.Parse(stream).RootElement.EnumerateArray())
        {
            _rows.Add(row.GetProperty("id").GetString()!, row);
        }
    }

    public static StreamVectors Ids { get; } = new("ids.json");

    public static StreamVectors Inference { get; } = new("inference.json");

    public static StreamVectors Json { get; } = new("json.json");

    public IEnumerable<JsonElement> Rows => _rows.Values;

    public JsonElement this[string id] => _rows[id];

    /// <summary>The ids of all rows that do one operation, as theory data.</summary>
    public TheoryData<string> Cases(string? op = null)
    {
        var cases = new TheoryData<string>();
        foreach (var (id, row) in _rows)
        {
            if (op is null || row.GetProperty("op").ValueEquals(op))
            {
                cases.Add(id);
            }
        }

        return cases;
    }
}

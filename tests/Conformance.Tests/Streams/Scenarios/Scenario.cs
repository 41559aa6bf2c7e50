using System.Text.Json;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>A scenario of scenarios.json: the classes by name, the first of them the one that ops mean by default.</summary>
internal sealed record Scenario(string Id, IReadOnlyList<string> Classes, DateTimeOffset Now, IReadOnlyList<JsonElement> Ops)
{
    public const string File = "streams/scenarios.json";

    public static IReadOnlyDictionary<string, Scenario> All { get; } =
        Vectors.Read(File).EnumerateArray().Select(Read).ToDictionary(scenario => scenario.Id, StringComparer.Ordinal);

    /// <summary>Each declared class once.</summary>
    /// <exception cref="InvalidOperationException">Two declarations have one name.</exception>
    public static IReadOnlyDictionary<string, JsonElement> Declared { get; } = Vectors.Read(File).EnumerateArray()
        .SelectMany(Declarations)
        .GroupBy(declaration => declaration.GetProperty("name").GetString()!, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.DistinctBy(declaration => declaration.GetRawText(), StringComparer.Ordinal).Single(), StringComparer.Ordinal);

    /// <summary>Every namespace that a class of the scenario may hold events in.</summary>
    public IEnumerable<string> Namespaces => Ops.Select(op => op.FindText("namespace") ?? "default").Append("default").Distinct(StringComparer.Ordinal);

    public static Scenario Read(JsonElement row) => new(
        row.GetProperty("id").GetString()!,
        [.. Declarations(row).Select(declaration => declaration.GetProperty("name").GetString()!)],
        VectorTime.Read(row.GetProperty("now")),
        [.. row.GetProperty("ops").EnumerateArray()]);

    private static IEnumerable<JsonElement> Declarations(JsonElement row) =>
        row.Find("others") is { } others ? others.EnumerateArray().Prepend(row.GetProperty("declaration")) : [row.GetProperty("declaration")];
}

using System.Text.Json;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>A declaration of scenarios.json. Equal ones are one class.</summary>
internal sealed record ScenarioDeclaration(SeriesType Type, string ValueType, string IntervalTexts)
{
    public IEnumerable<string> Intervals => IntervalTexts.Split('\n');

    public static ScenarioDeclaration Read(JsonElement declaration) => new(
        Enum.Parse<SeriesType>(declaration.GetProperty("type").GetString()!),
        declaration.GetProperty("valueType").GetString()!,
        string.Join('\n', declaration.GetProperty("intervals").EnumerateArray().Select(text => text.GetString())));
}

/// <summary>A scenario of scenarios.json.</summary>
internal sealed record Scenario(string Id, string Title, ScenarioDeclaration Declaration, DateTimeOffset Now, IReadOnlyList<JsonElement> Ops)
{
    private const string File = "series/scenarios.json";

    /// <summary>All of the file, whether they are replayed or not.</summary>
    public static IReadOnlyDictionary<string, Scenario> All { get; } =
        Vectors.Read(File).GetProperty("scenarios").EnumerateArray().Select(Read).ToDictionary(scenario => scenario.Id, StringComparer.Ordinal);

    /// <summary>Those whose type is switched on.</summary>
    public static IReadOnlyList<Scenario> Replayed { get; } = [.. All.Values.Where(scenario => ScenarioTypes.SwitchedOn.Contains(scenario.Declaration.Type))];

    public static Scenario Read(JsonElement scenario) => new(
        scenario.GetProperty("id").GetString()!,
        scenario.GetProperty("title").GetString()!,
        ScenarioDeclaration.Read(scenario.GetProperty("declaration")),
        VectorTime.Read(scenario.GetProperty("now")),
        [.. scenario.GetProperty("ops").EnumerateArray()]);
}

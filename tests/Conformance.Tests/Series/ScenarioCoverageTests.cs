using Typed.Conformance.Tests.Series.Scenarios;

namespace Typed.Conformance.Tests.Series;

/// <summary>No scenario may get lost between the file and the test cases.</summary>
public class ScenarioCoverageTests
{
    [Fact]
    public void Every_scenario_is_a_case_or_waits_for_its_type()
    {
        var file = Vectors.Read("series/scenarios.json").GetProperty("scenarios").EnumerateArray().Select(scenario => scenario.GetProperty("id").GetString()!).ToArray();
        var cases = ScenarioTests.Cases.Select(row => row.Data).ToArray();
        var waiting = Scenario.All.Values.Where(scenario => !ScenarioTypes.SwitchedOn.Contains(scenario.Declaration.Type)).Select(scenario => scenario.Id).ToArray();

        Assert.NotEmpty(cases);
        Assert.Equal(file.Length, cases.Length + waiting.Length);
        Assert.Equal(file.Order(StringComparer.Ordinal), cases.Concat(waiting).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_public_file_is_complete()
    {
        if (!string.Equals(Vectors.Read("series/scenarios.json").GetProperty("half").GetString(), "public", StringComparison.Ordinal))
        {
            return; // TYPED_VECTORS leads to another file, whose numbers are its own.
        }

        int Count(SeriesType type) => Scenario.All.Values.Count(scenario => scenario.Declaration.Type == type);
        Assert.Equal((84, 42, 45, 51, 43), (Count(SeriesType.Count), Count(SeriesType.Histogram), Count(SeriesType.Series), Count(SeriesType.Gauge), Count(SeriesType.Set)));
    }

    [Fact]
    public void Every_declaration_has_a_class_of_its_own()
    {
        Assert.Equal(Scenario.Replayed.Select(scenario => scenario.Declaration).Distinct(), ScenarioAssembly.Names.Keys);
        Assert.Equal(ScenarioAssembly.Names.Count, ScenarioAssembly.Names.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}

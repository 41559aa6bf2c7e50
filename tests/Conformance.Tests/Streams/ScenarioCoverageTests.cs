using System.Text.Json;
using Typed.Conformance.Tests.Streams.Scenarios;
using Typed.Tests.Harness.Databases;
using Xunit.Sdk;

namespace Typed.Conformance.Tests.Streams;

/// <summary>No scenario may get lost between the file and the test cases, and a replay that cannot fail would be worth nothing.</summary>
public class ScenarioCoverageTests
{
    [Fact]
    public void Every_scenario_is_a_case()
    {
        var file = Vectors.Read(Scenario.File).EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ToArray();
        var cases = ScenarioTests.Cases.Select(row => row.Data).ToArray();

        Assert.NotEmpty(cases);
        Assert.Equal(file.Order(StringComparer.Ordinal), cases.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_public_file_is_complete()
    {
        if (Environment.GetEnvironmentVariable("TYPED_VECTORS") is { Length: > 0 })
        {
            return; // It leads to another file, whose numbers are its own.
        }

        Assert.Equal((237, 1077), (Scenario.All.Count, Scenario.All.Values.Sum(scenario => scenario.Ops.Count)));
        Assert.All(ScenarioAssembly.Classes.Module.Declarations, declaration => Assert.Contains(declaration.Type.Name, Scenario.Declared.Keys));
        Assert.Equal(Scenario.Declared.Count, ScenarioAssembly.Classes.Module.Declarations.Count);
    }

    [Theory]
    [InlineData("""{"op": "get", "expect": {"n": [2, 1]}}""", "\"n\":[1,2]")]
    [InlineData("""{"op": "get", "expect": {"n": [1, 2], "times": ["1970-01-01T00:00:00.0000002Z", "1970-01-01T00:00:00.0000002Z"]}}""", "00.0000001Z")]
    [InlineData("""{"op": "get", "expect": {"error": "argument"}}""", "no error")]
    [InlineData("""{"op": "get", "take": -1, "expect": {"n": []}}""", "ArgumentOutOfRangeException")]
    [InlineData("""{"op": "count", "expect": {"number": 3}}""", "\"number\":2")]
    [InlineData("""{"op": "streams", "expect": {"names": []}}""", "probe")]
    [InlineData("""{"op": "streamName", "name": "a b", "expect": {"valid": true}}""", "false")]
    [InlineData("""{"op": "put", "events": [{"body": {"n": 3, "tag": {"$utf16": "0000"}}}], "expect": {"error": "rejected", "index": 1}}""", "Event 0")]
    [InlineData("""{"op": "put", "events": [{"body": {"n": 3, "tag": {"$utf16": "0000"}}}], "expect": {"error": "rejected", "index": 0, "path": ["tags"]}}""", "$.tag")]
    [InlineData("""{"op": "inferSchema", "sample": "all", "expect": {"schema": null}}""", "integer")]
    public async Task A_wrong_expectation_fails_and_names_scenario_op_and_answer(string op, string answer)
    {
        JsonElement[] ops =
        [
            Parse("""{"op": "put", "events": [{"at": "1970-01-01T00:00:00.0000001Z", "body": {"n": 1}}, {"at": "1970-01-01T00:00:00.0000002Z", "body": {"n": 2}}], "expect": {"ids": 2}}"""),
            Parse(op),
        ];
        var scenario = new Scenario("wrong-001", ["Probe"], DateTimeOffset.UnixEpoch.AddSeconds(60), ops);
        await using var store = await ScenarioStore.OpenAsync(DatabaseServer.Sqlite);

        await Replay.RunAsync(scenario with { Ops = [ops[0]] }, store);
        var failure = await Assert.ThrowsAsync<XunitException>(() => Replay.RunAsync(scenario, store));

        Assert.Contains("wrong-001, op 1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(answer, failure.Message[failure.Message.IndexOf("actual:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

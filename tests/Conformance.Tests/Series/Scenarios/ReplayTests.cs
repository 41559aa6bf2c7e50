using System.Text.Json;
using Typed.Tests.Harness.Databases;
using Xunit.Sdk;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>A replay that cannot fail would be worth nothing: scenarios with one wrong expectation each.</summary>
public class ReplayTests
{
    [Theory]
    [InlineData("""{"op": "insert", "key": "a", "value": 3, "time": 60, "expect": {"result": {"skipped": 1}}}""", """{"skipped":0}""")]
    [InlineData("""{"op": "keys", "expect": {"result": {"$set": ["b"]}}}""", """{"$set":["a"]}""")]
    [InlineData("""{"op": "keys", "expect": {"error": "argument"}}""", "no error")]
    [InlineData("""{"op": "range", "key": "a", "interval": "{0}", "range": {"last": 0}, "expect": {"error": "out-of-range"}}""", "ArgumentException")]
    [InlineData("""{"op": "range", "key": "a", "interval": "{0}", "range": {"last": 0}, "expect": {"result": {"buckets": []}}}""", "ArgumentException")]
    public async Task A_wrong_expectation_fails_and_names_scenario_op_and_answer(string op, string answer)
    {
        var declaration = ScenarioAssembly.Names.Keys.First(one => one is { Type: SeriesType.Count, ValueType: "long" });
        const string First = """{"op": "insert", "key": "a", "value": 3, "time": 60, "expect": {"result": {"skipped": 0}}}""";
        JsonElement[] ops = [Parse(First), Parse(op.Replace("{0}", declaration.Intervals.First().Split(':')[0], StringComparison.Ordinal))];
        var scenario = new Scenario("wrong-001", "one wrong expectation", declaration, DateTimeOffset.UnixEpoch.AddSeconds(60), ops);
        await using var store = await ScenarioStore.OpenAsync(DatabaseServer.Sqlite);

        await Replay.RunAsync(scenario with { Ops = [ops[0]] }, store);
        var failure = await Assert.ThrowsAsync<XunitException>(() => Replay.RunAsync(scenario, store));

        Assert.Contains("wrong-001", failure.Message, StringComparison.Ordinal);
        Assert.Contains("op 1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(answer, failure.Message[failure.Message.IndexOf("actual:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

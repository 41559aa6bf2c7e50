using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Xunit.Sdk;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>Replays one scenario: its ops in order, each compared with what it expects.</summary>
internal sealed class Replay(Scenario scenario, IScenarioTarget target, FakeTimeProvider clock)
{
    /// <exception cref="XunitException">An op does something else than expected; the message names the op, what was expected and what came.</exception>
    public static async Task RunAsync(Scenario scenario, ScenarioStore store)
    {
        var target = ScenarioAssembly.Classes.In(store.Store, ScenarioAssembly.Names[scenario.Declaration]);
        store.Clock.AdjustTime(scenario.Now);

        // Scenarios of one declaration share a class.
        await target.DeleteAllAsync();
        var replay = new Replay(scenario, target, store.Clock);
        for (var i = 0; i < scenario.Ops.Count; i++)
        {
            await replay.CheckAsync(i);
        }
    }

    private async Task CheckAsync(int index)
    {
        var op = scenario.Ops[index];
        var expect = op.GetProperty("expect");
        if (expect.FindText("error") is { } kind)
        {
            var before = Difference.Text(await SnapshotAsync());
            var error = await Record.ExceptionAsync(() => ApplyAsync(op, index));
            Require(IsExpected(error, kind), index, $"error '{kind}'", error?.ToString() ?? "no error");
            var after = Difference.Text(await SnapshotAsync());
            Require(string.Equals(before, after, StringComparison.Ordinal), index, $"the store as before: {before}", after);
            return;
        }

        object? answer = null;
        var unexpected = await Record.ExceptionAsync(async () => answer = await ApplyAsync(op, index));
        var result = expect.GetProperty("result");
        Require(unexpected is null, index, result.GetRawText(), unexpected?.ToString());
        if (Difference.Find(result, answer) is { } difference)
        {
            Require(holds: false, index, result.GetRawText(), $"{Difference.Text(answer)}\n  {difference}");
        }
    }

    private static bool IsExpected(Exception? error, string kind) => kind switch
    {
        "argument" => error is ArgumentException,
        "out-of-range" => error is ArgumentOutOfRangeException,
        "refused" => error is RejectedPointException,
        _ => throw new NotSupportedException($"'{kind}' is no kind of error that the vectors' README names."),
    };

    private void Require(bool holds, int index, string expected, string? actual)
    {
        if (!holds)
        {
            throw new XunitException(
                $"{scenario.Id} ({scenario.Title}; {scenario.Declaration.Type} of {scenario.Declaration.ValueType}: {scenario.Declaration.IntervalTexts.Replace("\n", ", ", StringComparison.Ordinal)}), "
                + $"op {index}: {scenario.Ops[index].GetRawText()}\n  expected: {expected}\n  actual:   {actual}");
        }
    }

    private async Task<object?> ApplyAsync(JsonElement op, int index)
    {
        var key = op.FindText("key");
        switch (op.GetProperty("op").GetString())
        {
            case "insert":
                // A point and its parts take turns: both ways in are emitted.
                return Skipped(index % 2 == 0
                    ? await target.InsertPointAsync(key!, op.GetProperty("value"), VectorTime.Read(op.GetProperty("time")))
                    : await target.InsertPartsAsync(key!, op.GetProperty("value"), VectorTime.Read(op.GetProperty("time"))), 1);
            case "insertMany":
                var points = op.GetProperty("points");
                return Skipped(await target.InsertManyAsync(points.EnumerateArray().Select(Point)), points.GetArrayLength());
            case "get":
                return Bucket(await target.Intervals[op.GetProperty("interval").GetString()!].GetAsync(key!, op.Find("at") is { } at ? VectorTime.Read(at) : null));
            case "range":
                return await ReadAsync(op, key);
            case "keys":
                return Neutral.Set(await target.KeysAsync());
            case "properties":
                return (await target.PropertiesAsync(key!)).ToDictionary(
                    extent => extent.Key, extent => (object?)new List<object?> { Neutral.Seconds(extent.Value.First), Neutral.Seconds(extent.Value.Last) }, StringComparer.Ordinal);
            case "delete":
                await target.DeleteAsync(key!);
                return null;
            case "deleteAll":
                await target.DeleteAllAsync();
                return null;
            case "expire":
                await target.ExpireAsync(key);
                return null;
            case "advance":
                clock.Advance(TimeSpan.FromTicks(VectorTime.Ticks(op.GetProperty("seconds"))));
                return null;
            case var unknown:
                throw new NotSupportedException($"'{unknown}' is no op that the vectors' README names.");
        }
    }

    private async Task<object?> ReadAsync(JsonElement op, string? key)
    {
        var interval = target.Intervals[op.GetProperty("interval").GetString()!];
        var range = key is not null
            ? interval.Range(key, op.GetProperty("range"))
            : interval.Range(op.GetProperty("keys").EnumerateArray().Select(name => name.GetString()!), op.GetProperty("range"));
        string[]? stats = op.Find("stats") is { } names ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : null;
        var skipEmpty = Flag(op, "skipEmpty");
        var withSlots = Flag(op, "withSlots");
        return (Flag(op, "collapse"), stats) switch
        {
            (true, null) => Object(("value", await range.CollapseAsync())),
            (true, _) => Object(("stats", Chosen(await range.CollapseStatsAsync(), stats))),
            (false, null) => Buckets((await range.ReadAsync(skipEmpty, withSlots))
                .Select(bucket => withSlots ? Object(("start", bucket.Start), ("value", bucket.Value), ("slots", bucket.Slots)) : Bucket(bucket))),
            (false, _) => Buckets((await range.StatsAsync(skipEmpty))
                .Select(bucket => Object(("start", bucket.Start), ("stats", Chosen(bucket.Value, stats))))),
        };
    }

    /// <summary>All that can be read of the class.</summary>
    private async Task<object?> SnapshotAsync()
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        using var everything = JsonDocument.Parse("""{"all": true}""");
        foreach (var key in (await target.KeysAsync()).Order(StringComparer.Ordinal))
        {
            foreach (var (name, interval) in target.Intervals)
            {
                all[$"{key} {name}"] = await interval.Range(key, everything.RootElement).ReadAsync(skipEmpty: true, withSlots: true);
            }
        }

        return all;
    }

    private static (string Key, JsonElement Value, DateTimeOffset At) Point(JsonElement point) =>
        (point.GetProperty("key").GetString()!, point.GetProperty("value"), VectorTime.Read(point.GetProperty("time")));

    private static bool Flag(JsonElement op, string name) => op.TryGetProperty(name, out var flag) && flag.GetBoolean();

    private Dictionary<string, object?> Skipped(InsertResult result, int points)
    {
        // A point is stored unless every interval skipped it.
        Assert.InRange(result.Stored, points - (result.Skipped / target.Intervals.Count), points);
        Assert.True(points != 1 || result.Stored == (result.Skipped == target.Intervals.Count ? 0 : 1));
        return Object(("skipped", result.Skipped));
    }

    private static Dictionary<string, object?> Bucket(BucketAnswer bucket) => Object(("start", bucket.Start), ("value", bucket.Value));

    private static Dictionary<string, object?> Buckets(IEnumerable<object?> buckets) => Object(("buckets", buckets.ToList()));

    private static Dictionary<string, object?> Chosen(object? stats, string[] names)
    {
        var all = (Dictionary<string, object?>)stats!;
        return names.ToDictionary(name => name, name => all[name], StringComparer.Ordinal);
    }

    private static Dictionary<string, object?> Object(params (string Name, object? Value)[] members) =>
        members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
}

using System.Globalization;
using System.Text.Json;
using Xunit.Sdk;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>Replays one scenario: its ops in order, each compared with what it expects.</summary>
internal sealed class Replay(Scenario scenario, ScenarioStore store)
{
    private readonly Dictionary<(string Class, string Space, int N), EventId> _ids = [];

    /// <exception cref="XunitException">An op does something else than expected; the message names the op, what was expected and what came.</exception>
    public static async Task RunAsync(Scenario scenario, ScenarioStore store)
    {
        await store.EmptyAsync();
        store.Clock.AdjustTime(scenario.Now);
        var replay = new Replay(scenario, store);
        for (var i = 0; i < scenario.Ops.Count; i++)
        {
            await replay.CheckAsync(i);
        }
    }

    private async Task CheckAsync(int index)
    {
        var op = scenario.Ops[index];
        var expect = op.Find("expect");
        if (expect?.FindText("error") is { } kind)
        {
            var before = await SnapshotAsync();
            var error = await Record.ExceptionAsync(() => ApplyAsync(op));
            Require(IsExpected(error, kind, expect.Value), index, expect.Value.GetRawText(), error?.ToString() ?? "no error");
            var after = await SnapshotAsync();
            Require(string.Equals(before, after, StringComparison.Ordinal), index, $"the store as before: {before}", after);
            return;
        }

        Dictionary<string, object?>? answer = null;
        var unexpected = await Record.ExceptionAsync(async () => answer = await ApplyAsync(op));
        Require(unexpected is null, index, expect?.GetRawText() ?? "no error", unexpected?.ToString());
        foreach (var member in expect is { } all ? all.EnumerateObject().AsEnumerable() : [])
        {
            var actual = JsonSerializer.SerializeToElement(answer![member.Name]);
            Require(JsonElement.DeepEquals(member.Value, actual), index, expect!.Value.GetRawText(), JsonSerializer.Serialize(answer));
        }
    }

    private async Task<Dictionary<string, object?>> ApplyAsync(JsonElement op)
    {
        var name = op.FindText("of") ?? scenario.Classes[0];
        var space = op.FindText("namespace") ?? "default";
        switch (op.GetProperty("op").GetString())
        {
            case "put":
                var events = op.GetProperty("events").EnumerateArray().Select(one => (one.GetProperty("body"), Time(one))).ToArray();
                return Ids(name, space, events.Select(one => one.Item1), await store.In(name, space).PutAsync(events, store.Clock.GetUtcNow()));
            case "putWithId":
                var given = op.GetProperty("events").EnumerateArray().Select(one => (EventId.FromGuid(one.GetProperty("id").GetGuid()), one.GetProperty("body"))).ToArray();
                await PutGivenAsync(store.In(name, space), given);
                return Ids(name, space, given.Select(one => one.Item2), [.. given.Select(one => one.Item1)]);
            case "putMany":
                return await PutManyAsync(op, name, space);
            case "get":
                var found = await store.In(name, space).GetAsync(op, Id);
                return new() { ["n"] = found.Select(one => one.N), ["times"] = found.Select(one => Text(one.Time)) };
            case "count":
                return new() { ["number"] = await store.In(name, space).CountAsync(op, Id) };
            case "first":
                return new() { ["n"] = await store.In(name, space).FirstAsync(op, Id) };
            case "last":
                return new() { ["n"] = await store.In(name, space).LastAsync(op, Id) };
            case "delete":
                return new() { ["number"] = await store.In(name, space).DeleteAsync(op, Id) };
            case "deleteAll":
                await store.In(name, space).DeleteAllAsync();
                return [];
            case "expire":
                await store.In(name, space).ExpireAsync();
                return [];
            case "streams":
                return new() { ["names"] = await store.Store.StreamsAsync(space) };
            case "inferSchema":
                var sample = op.GetProperty("sample");
                return new() { ["schema"] = await store.In(name, space).InferSchemaAsync(sample.ValueKind == JsonValueKind.Number ? sample.GetInt32() : null) };
            case "advance":
                store.Clock.Advance(TimeSpan.FromTicks(VectorTime.Ticks(op.GetProperty("seconds"))));
                return [];
            case "streamName":
                return new() { ["valid"] = await StreamNameRule.AcceptsAsync(op.GetProperty("name").GetString()!) };
            case var unknown:
                throw new NotSupportedException($"'{unknown}' is no op that the vectors' README names.");
        }

        EventId Id(JsonElement after) =>
            after.Find("n") is { } n ? _ids[(name, space, n.GetInt32())]
            : after.Find("id") is { } id ? EventId.FromGuid(id.GetGuid())
            : after.Find("first") is { } first ? EventId.First(VectorTime.Read(first))
            : EventId.Last(VectorTime.Read(after.GetProperty("last")));
    }

    private async Task<Dictionary<string, object?>> PutManyAsync(JsonElement op, string name, string space)
    {
        var (at, step) = (VectorTime.Read(op.GetProperty("at")), op.Find("stepTicks")?.GetInt64() ?? 0);
        var first = op.GetProperty("firstN").GetInt32();
        var events = Enumerable.Range(0, op.GetProperty("count").GetInt32())
            .Select(i => (JsonSerializer.SerializeToElement(new { n = first + i }), (DateTimeOffset?)at.AddTicks(i * step))).ToArray();
        List<EventId> ids = [];
        foreach (var call in op.GetProperty("together").GetBoolean() ? [events] : events.Chunk(1))
        {
            ids.AddRange(await store.In(name, space).PutAsync(call, store.Clock.GetUtcNow()));
        }

        return Ids(name, space, events.Select(one => one.Item1), ids);
    }

    /// <summary>Puts events, and checks what is said of each against what a read finds before.</summary>
    private static async Task PutGivenAsync(IStreamTarget target, (EventId Id, JsonElement Body)[] given)
    {
        using var everything = JsonDocument.Parse("{}");
        var known = (await target.GetAsync(everything.RootElement, _ => default)).Select(one => one.Id).ToHashSet();
        var result = await target.PutAsync(given);
        Assert.Equal(given.Select(one => known.Add(one.Id)), result);
    }

    private Dictionary<string, object?> Ids(string name, string space, IEnumerable<JsonElement> bodies, IReadOnlyList<EventId> ids)
    {
        foreach (var (body, id) in bodies.Zip(ids))
        {
            _ids[(name, space, body.Find("n")?.GetInt32() ?? 1)] = id;
        }

        return new() { ["ids"] = ids.Count };
    }

    private static bool IsExpected(Exception? error, string kind, JsonElement expect) => kind switch
    {
        "argument" => error is ArgumentException,
        "rejected" => error is EventRejectedException rejected
            && rejected.Index == expect.GetProperty("index").GetInt32()
            && (expect.Find("path") is not { } path || JsonElement.DeepEquals(path, JsonSerializer.SerializeToElement(rejected.Path))),
        _ => throw new NotSupportedException($"'{kind}' is no kind of error that the vectors' README names."),
    };

    /// <summary>All that the scenario's streams hold.</summary>
    private async Task<string> SnapshotAsync()
    {
        using var everything = JsonDocument.Parse("{}");
        List<string> lines = [];
        foreach (var (name, space) in scenario.Classes.SelectMany(name => scenario.Namespaces.Where(IsName).Select(space => (name, space))))
        {
            var events = await store.In(name, space).GetAsync(everything.RootElement, _ => default);
            lines.Add($"{name} {space}: {string.Join(' ', events.Select(one => one.Id))}");
        }

        return string.Join('\n', lines);
    }

    // Namespaces that ops are refused for cannot be looked into.
    private static bool IsName(string space) => Record.Exception(() => Typed.Streams.StreamNames.Check(space)) is null;

    private static DateTimeOffset? Time(JsonElement one) => one.Find("at") is { } at ? VectorTime.Read(at) : null;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private void Require(bool holds, int index, string expected, string? actual)
    {
        if (!holds)
        {
            throw new XunitException($"{scenario.Id}, op {index}: {scenario.Ops[index].GetRawText()}\n  expected: {expected}\n  actual:   {actual}");
        }
    }
}

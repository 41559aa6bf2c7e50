using System.Text;
using System.Text.Json;
using Typed.Schema;
using Typed.Schema.Json;

namespace Typed.Conformance.Tests.Streams;

public sealed class InferenceTests
{
    private const int AllOrdersUpTo = 5;

    public static TheoryData<string> Cases => StreamVectors.Inference.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Schema_and_Kronos_form(string id)
    {
        var row = StreamVectors.Inference[id];
        var expect = row.GetProperty("expect");
        var events = Events(row);
        if (expect.TryGetProperty("error", out _))
        {
            var refused = Assert.Throws<SchemaInferenceException>(() => Infer(events));
            Assert.Equal(expect.GetProperty("index").GetInt64(), refused.Index);
            return;
        }

        var inference = Infer(events);
        Assert.Equal(expect.GetProperty("schema").GetString(), inference.ToText());
        Assert.Equal(row.GetProperty("kronos").GetString(), KronosSchema.Write(inference.Schema));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Neither_order_nor_grouping_nor_repetition_matters(string id)
    {
        var row = StreamVectors.Inference[id];
        if (!row.GetProperty("expect").TryGetProperty("schema", out var schema))
        {
            return;
        }

        var events = Events(row);
        var expected = schema.GetString();
        foreach (var order in Orders(events))
        {
            Assert.Equal(expected, Infer(order).ToText());
            Assert.Equal(expected, Infer([.. order, .. order]).ToText());
            for (var cut = 1; cut < order.Length; cut++)
            {
                var left = Infer(order[..cut]);
                left.Add(Infer(order[cut..]));
                Assert.Equal(expected, left.ToText());
            }
        }

        Assert.Equal(expected, Nested(events).ToText());
    }

    private static byte[][] Events(JsonElement row) => [.. row.GetProperty("events").EnumerateArray().Select(text => Encoding.UTF8.GetBytes(text.GetString()!))];

    private static SchemaInference Infer(byte[][] events)
    {
        var inference = new SchemaInference();
        foreach (var text in events)
        {
            inference.Add(text);
        }

        return inference;
    }

    // A balanced bracketing, unlike the left fold of feeding one by one.
    private static SchemaInference Nested(byte[][] events)
    {
        if (events.Length < 2)
        {
            return Infer(events);
        }

        var left = Nested(events[..(events.Length / 2)]);
        left.Add(Nested(events[(events.Length / 2)..]));
        return left;
    }

    private static IEnumerable<byte[][]> Orders(byte[][] events)
    {
        if (events.Length <= AllOrdersUpTo)
        {
            return Permutations(events);
        }

        var random = new Random(events.Length);
        return Enumerable.Range(0, 60).Select(_ =>
        {
            var order = events.ToArray();
            random.Shuffle(order);
            return order;
        });
    }

    private static IEnumerable<byte[][]> Permutations(byte[][] events)
    {
        if (events.Length < 2)
        {
            yield return events;
            yield break;
        }

        for (var i = 0; i < events.Length; i++)
        {
            foreach (var rest in Permutations([.. events[..i], .. events[(i + 1)..]]))
            {
                yield return [events[i], .. rest];
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Typed.Generated;
using Typed.Schema;
using Typed.Streams.Json;

namespace Typed.Runtime.Tests.Streams;

public sealed class BodySchemaTests
{
    private const string Start = """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{""";

    [Fact]
    public void Value_types() => Assert.Equal(
        Start
        + """
          "at":{"type":"string","format":"date-time"},"bytes":{"type":["null","string"]},"count":{"type":"integer"},"day":{"type":"string","format":"date"},
          "id":{"type":"string","format":"uuid"},"kind":{"type":"string"},"maybe":{"type":["null","integer"]},"ok":{"type":"boolean"},"ratio":{"type":"number"},
          "sum":{"type":"number"},"text":{"type":"string"},"time":{"type":"string","format":"time"},"took":{"type":"string"}},
          "required":["at","count","day","id","kind","ok","ratio","sum","text","time"]}
          """.ReplaceLineEndings(string.Empty),
        Schema<Values>());

    [Fact]
    public void Lists_dictionaries_and_elements() => Assert.Equal(
        Start
        + """
          "any":{},"list":{"type":"array","items":{"type":"array","items":{"type":"integer"}}},
          "map":{"type":["null","object"],"properties":{},"required":[],"additionalProperties":{"type":"number"}}},"required":["any","list"],"additionalProperties":{}}
          """.ReplaceLineEndings(string.Empty),
        Schema<Containers>());

    [Fact]
    public void Newer_value_types_nodes_and_sets() => Assert.Equal(
        Start
        + """
          "a":{"type":"array"},"c":{"type":"string"},"d":{"type":"object","properties":{},"required":[],"additionalProperties":{"type":"boolean"}},"h":{"type":"number"},"i":{"type":"integer"},
          "n":{},"o":{"type":"object","properties":{},"required":[],"additionalProperties":{}},"s":{"type":"array","items":{"type":"integer"}},"u":{"type":["null","string"],"format":"uri-reference"},"v":{"type":"string"},"x":{}},
          "required":["a","c","d","h","i","o","s","v","x"]}
          """.ReplaceLineEndings(string.Empty),
        Schema<Newer>());

    [Fact]
    public void Several_classes_are_merged_as_inference_would() => Assert.Equal(
        Start
        + """
          "payload":{"type":"object","properties":{"kind":{"type":["integer","string"]},"next":{"anyOf":[{"type":"null"},{"$ref":"#/properties/payload"}]},"size":{"type":"integer"},"words":{"type":["null","number","string"]}},
          "required":["kind","size"]}},"required":["payload"]}
          """.ReplaceLineEndings(string.Empty),
        Schema<Merged>());

    [Fact]
    public void A_recursive_type_refers_to_itself() => Assert.Equal(
        Start
        + """
          "kids":{"type":"array","items":{"type":"object","properties":{"again":{"anyOf":[{"type":"null"},{"$ref":"#/properties/kids/items"}]},"root":{"anyOf":[{"type":"null"},{"$ref":"#"}]}},"required":[]}}},"required":["kids"]}
          """.ReplaceLineEndings(string.Empty),
        Schema<Recursive>());

    [Fact]
    public void A_type_that_occurs_often_is_written_out_each_time()
    {
        const string Price = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""";
        Assert.Equal(Start + $"\"a\":{Price},\"b\":{Price}}},\"required\":[\"a\",\"b\"]}}", Schema<Twice>());
    }

    [Fact]
    public void Where_that_would_be_too_much_the_first_place_is_referred_to()
    {
        const string Other = """{"anyOf":[{"type":"null"},{"$ref":"#/properties/a"}]}""";
        Assert.StartsWith(Start + "\"a\":{\"type\":[\"null\",\"object\"],\"properties\":{\"a\":{\"type\":[\"null\",\"object\"]", Schema<Wide>(), StringComparison.Ordinal);
        Assert.EndsWith($",\"b\":{Other},\"c\":{Other}}},\"required\":[]}}", Schema<Wide>(), StringComparison.Ordinal);
        Assert.InRange(Schema<Wide>().Length, 1, 3_000);
    }

    [Fact]
    public void What_is_written_infers_to_what_is_declared_formats_aside()
    {
        using var buffer = new BodyBuffer();
        var body = new Plain(1, 0.5, "s", [new Item(true, 2.5m)], new Item(false, 0.1m)) { Note = "n" };
        Assert.Null(buffer.Write(body, 1_000));
        var inference = new SchemaInference();
        inference.Add(buffer.Written.Span);

        // Being there in every event so far is more than the declaration asks for.
        var declared = Plain.JsonSchema.Replace("""["null","string"]""", "\"string\"", StringComparison.Ordinal)
            .Replace("""["d","items","n","one","s"]""", """["d","items","n","note","one","s"]""", StringComparison.Ordinal);
        Assert.Equal(declared, inference.ToText());
    }

    private static string Schema<T>()
        where T : IEventBody<T> => T.Stream.Schema;
}

[EventStream]
public partial record Values(DateTimeOffset At, byte[]? Bytes, ushort Count, DateOnly Day, Guid Id, Kind Kind, long? Maybe, bool Ok, float Ratio, decimal Sum, string Text, TimeOnly Time, TimeSpan Took = default);

public enum Kind
{
    First,
}

[EventStream]
public partial record Containers(JsonElement Any, IReadOnlyList<int[]> List)
{
    public IDictionary<string, double>? Map { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }
}

[EventStream]
public partial record Newer(
    JsonArray A, char C, IDictionary<int, bool> D, Half H, Int128 I, JsonNode? N, JsonObject O, ISet<long> S, Uri? U, Version V, [property: JsonConverter(typeof(JsonNumberEnumConverter<Kind>))] Kind X);

[EventStream]
public partial record Merged(Payload Payload);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Words), "words"), JsonDerivedType(typeof(Numbers), 2)]
public abstract record Payload(int Size);

public record Words(int Size, [property: JsonPropertyName("words")] string Text) : Payload(Size);

public record Numbers(int Size, [property: JsonPropertyName("words")] decimal? Number) : Payload(Size)
{
    public Payload? Next { get; init; }
}

[EventStream]
public partial record Recursive(List<Branch> Kids);

public record Branch(Branch? Again, Recursive? Root);

[EventStream]
public partial record Plain(int N, double D, string S, List<Item> Items, Item One)
{
    public string? Note { get; init; }
}

public record Item(bool Ok, decimal Price);

[EventStream]
public partial record Twice(Counted A, Counted B);

public record Counted(int N);

// Three times three times three: more than a thousand objects.
[EventStream]
public partial record Wide(Wide1? A, Wide1? B, Wide1? C);

public record Wide1(Wide2? A, Wide2? B, Wide2? C);

public record Wide2(Wide3? A, Wide3? B, Wide3? C);

public record Wide3(Wide4? A, Wide4? B, Wide4? C);

public record Wide4(Wide5? A, Wide5? B, Wide5? C);

public record Wide5(Wide6? A, Wide6? B, Wide6? C);

public record Wide6(int N);

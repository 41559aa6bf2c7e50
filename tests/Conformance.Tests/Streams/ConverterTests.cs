using System.Reflection;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Converters on members, called as the framework calls them.</summary>
public sealed class ConverterTests
{
    private const string Source = """
        using System; using System.Collections.Generic; using System.Collections.Immutable; using System.Text.Json; using System.Text.Json.Nodes; using System.Text.Json.Serialization; using Typed;
        namespace Converted;

        public enum Level { Low = 1, High = 2 }
        public class Hex : JsonConverter<int>
        {
            public override int Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Convert.ToInt32(reader.GetString(), 16);
            public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteStringValue($"+{value:x}");
        }

        public class Maybe : JsonConverter<int?>
        {
            public override bool HandleNull => true;
            public override int? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Null ? -1 : reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : null;
            public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => writer.WriteRawValue(value is { } n ? $"[{n}]" : "\"none\"");
        }

        public class Upper : JsonConverter<string>
        {
            public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetString() is { Length: > 0 } text ? text.ToUpperInvariant() : null;
            public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) { if (value == "THROW") { throw new TimeZoneNotFoundException(value); } writer.WriteStringValue(value.ToLowerInvariant()); }
        }

        public class Ranges : JsonConverter<List<int>>
        {
            public override List<int>? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) { List<int> all = []; while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) { all.Add(reader.GetInt32()); } return all; }
            public override void Write(Utf8JsonWriter writer, List<int> value, JsonSerializerOptions options) { writer.WriteStartObject(); writer.WriteNumber("n", value.Count); writer.WriteEndObject(); }
        }

        public class Silent : JsonConverter<string>
        {
            public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetString();
            public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) { if (value == "raw") { writer.WriteRawValue("\"\\u0000\""); } else if (value == "open") { writer.WriteStartArray(); } }
        }

        [EventStream] public partial class OnMembers
        {
            [JsonConverter(typeof(Hex))] public int A { get; set; }
            [JsonConverter(typeof(Hex))] public int? B { get; set; }
            [JsonConverter(typeof(Maybe))] public int? C { get; set; } = 3;
            [JsonConverter(typeof(Upper))] public string D { get; set; } = "d";
            [JsonConverter(typeof(Upper))] public string? E { get; set; }
            [JsonConverter(typeof(Ranges))] public List<int>? F { get; set; }
            [JsonConverter(typeof(JsonNumberEnumConverter<Level>))] public Level G { get; set; }
            [JsonConverter(typeof(JsonNumberEnumConverter<Level>))] public Level? H { get; set; }
            [JsonConverter(typeof(Upper)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? I { get; set; }
            [JsonConverter(typeof(Hex)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int J { get; set; }
            [JsonConverter(typeof(Ranges)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public List<int> K { get; set; } = [];
        }

        [EventStream] public partial record InParameters([property: JsonConverter(typeof(Hex))] int A, [property: JsonConverter(typeof(Upper))] string B = "b", [property: JsonConverter(typeof(Maybe))] int? C = 5);

        [EventStream] public partial class Faulty { [JsonConverter(typeof(Silent))] public string? S { get; set; } public JsonNode? Node { get; set; } public List<JsonNode?>? Nodes { get; set; } public ImmutableArray<int>? Array { get; set; } }

        public static class Instances
        {
            public static Faulty Said(string text) => new() { S = text };
            public static Faulty Noded(string json) => new() { Node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 }) };
            public static Faulty Listed(string json) => new() { Nodes = [null, JsonNode.Parse(json)] };
            public static Faulty Arrayed(string _) => new() { Array = new ImmutableArray<int>() };
            public static Faulty Surrogate(string _) => new() { Node = new JsonObject { ["a"] = new JsonArray(1, "\uD800") } };
            public static OnMembers Throwing(string text) => new() { E = text };
        }
        """;

    private static readonly Lazy<Assembly> s_declared = new(() => EmittedAssembly.Create("Typed.Converted", [("Converted.cs", Source)]).Assembly);

    private static readonly string[] s_values = ["null", "\"ff\"", "\"é\"", "\"\"", "1", "9", "true", "[]", "[1,2]", "[\"a\"]", "{}", "\"Low\""];

    [Theory]
    [InlineData("OnMembers", "abcdefghijk")]
    [InlineData("InParameters", "abc")]
    public void Same_as_the_framework(string name, string members)
    {
        var texts = members.SelectMany(member => s_values.Select(value => $$"""{"{{member}}":{{value}}}""")).Append("{}");
        Assert.All(name == "OnMembers" ? texts : texts.Select(text => text.Replace("{", "{\"a\":\"1\",", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal)), text => AgainstFramework.Compare(Type(name), text));
    }

    [Theory]
    [InlineData("Said", "nothing", "$.s", "writes no whole value")]
    [InlineData("Said", "open", "$.s", "writes no whole value")]
    [InlineData("Said", "raw", "$.s", "U+0000")]
    [InlineData("Noded", "{\"a\":[1,\"\\u0000\"]}", "$.node.a[1]", "U+0000")]
    [InlineData("Surrogate", "", "$.node.a[1]", "surrogate")]
    [InlineData("Listed", "{\"a\\u0000\":1}", "$.nodes[1]['a\\u0000']", "U+0000")]
    [InlineData("Arrayed", "", "$.array", "a list without a value")]
    [InlineData("Throwing", "THROW", "$.e", "a value that its converter cannot write (THROW)")]
    public void What_is_refused_is_named(string instance, string argument, string path, string reason)
    {
        var refusal = Refusal(Type("Instances").GetMethod(instance)!.Invoke(null, [argument])!);
        Assert.Equal(path, Typed.Streams.PathText.Format(refusal!.Path));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(200, false)]
    public void Depth_of_a_node_counts_from_the_body(int depth, bool fits)
    {
        var refusal = Refusal(Type("Instances").GetMethod("Noded")!.Invoke(null, [new string('[', depth) + new string(']', depth)])!);
        Assert.Equal(fits, refusal is null);
        Assert.Contains(fits ? string.Empty : "deeper than 64", refusal?.Reason ?? string.Empty, StringComparison.Ordinal);
    }

    private static BodyRefusal? Refusal(object body) =>
        (BodyRefusal?)typeof(ConverterTests).GetMethod(nameof(RefusalOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(body.GetType()).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [body], culture: null);

    private static BodyRefusal? RefusalOf<T>(T body)
        where T : IEventBody<T>
    {
        using var buffer = new BodyBuffer();
        return buffer.Write(body, maxBytes: 1 << 20);
    }

    private static Type Type(string name) => s_declared.Value.GetType("Converted." + name, throwOnError: true)!;
}

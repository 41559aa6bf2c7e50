namespace Typed.Conformance.Tests.Streams;

/// <summary>A type of members that System.Text.Json takes.</summary>
/// <param name="Type">In C#.</param>
/// <param name="Texts">Values to read, right ones and wrong ones.</param>
/// <param name="Initial">What a member of the type holds at first.</param>
/// <param name="Refused">Part of the message that refuses it; null: events hold it.</param>
internal sealed record MemberType(string Type, string[] Texts, string Initial = "default!", string? Refused = null)
{
    public override string ToString() => Type;
}

/// <summary>The types of members that System.Text.Json takes, all that are in use for data.</summary>
internal static class MemberTypes
{
    public const string Declarations = """
        public class OwnList : List<int>;
        [EventStream] public partial class OfSet { public ISet<int>? V { get; set; } }
        [EventStream] public partial class OfReadOnlySet { public IReadOnlySet<int>? V { get; set; } }
        [EventStream] public partial class Unset { public ImmutableArray<int> V { get; set; } public ImmutableArray<int>? W { get; set; } }
        public enum Colour { Red, Green = 5, [JsonStringEnumMemberName("dark blue")] Blue = 7 }
        [Flags] public enum Marks : byte { None = 0, A = 1, B = 2, AB = 3 }
        public class PlainClass { public int N { get; set; } }
        public record PlainRecord(int N, string? S = "s");
        public struct PlainStruct { public int N { get; set; } }

        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), 4), JsonDerivedType(typeof(Kept), "kept"), JsonDerivedType(typeof(Mute))]
        public class Shape { public int N { get; set; } public Shape? Inner { get; set; } }
        public class Circle : Shape { public double R { get; set; } }
        public class Square : Shape { public required int Side { get; init; } public Circle? In { get; set; } }
        public class Kept : Shape { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        public class Mute : Shape { public string? Word { get; set; } }

        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", IgnoreUnrecognizedTypeDiscriminators = true), JsonDerivedType(typeof(Cash), "cash"), JsonDerivedType(typeof(Card), "card +\u00e9"), JsonDerivedType(typeof(Coin), -1)]
        public interface IPayment { decimal Sum { get; } }
        public record Cash(decimal Sum) : IPayment;
        public record Card(decimal Sum, string Number = "0") : IPayment;
        public record struct Coin(decimal Sum) : IPayment;

        [JsonPolymorphic(IgnoreUnrecognizedTypeDiscriminators = true), JsonDerivedType(typeof(Animal), "animal"), JsonDerivedType(typeof(Dog), "dog")]
        public class Animal { public string? Name { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        public class Dog : Animal { public int Legs { get; set; } = 4; }

        [JsonDerivedType(typeof(Leaf), "leaf"), JsonDerivedType(typeof(Branch), "branch")]
        public abstract class Tree { public int Age { get; set; } }
        public class Leaf : Tree;
        public class Branch : Tree { public List<Tree>? Twigs { get; set; } public Dictionary<string, Tree?>? Named { get; set; } }

        [JsonConverter(typeof(PointConverter))] public readonly record struct Point(int X, int Y);
        public class PointConverter : JsonConverter<Point>
        {
            public override Point Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetString()!.Split(',') is [var x, var y] ? new(int.Parse(x), int.Parse(y)) : throw new JsonException();
            public override void Write(Utf8JsonWriter writer, Point value, JsonSerializerOptions options) => writer.WriteStringValue($"{value.X},{value.Y}");
        }

        [JsonConverter(typeof(NameConverter))] public class Name { public string? Text { get; set; } }
        public class NameConverter : JsonConverter<Name>
        {
            public override Name? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.StartArray
                ? JsonSerializer.Deserialize<List<string>>(ref reader, options) is { Count: > 0 } parts ? new() { Text = string.Join('/', parts) } : null
                : new() { Text = reader.GetString() };
            public override void Write(Utf8JsonWriter writer, Name value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, new { Parts = value.Text!.Split('/'), Kind = Colour.Blue }, options);
        }

        [JsonConverter(typeof(NothingConverter))] public class Nothing { public bool WasNull { get; set; } }
        public class NothingConverter : JsonConverter<Nothing?>
        {
            public override bool HandleNull => true;
            public override Nothing? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) { var none = reader.TokenType == JsonTokenType.Null; reader.Skip(); return new() { WasNull = none }; }
            public override void Write(Utf8JsonWriter writer, Nothing? value, JsonSerializerOptions options) { if (value is null) { writer.WriteStringValue("none"); } else { writer.WriteBooleanValue(value.WasNull); } }
        }

        [JsonConverter(typeof(GreedyConverter))] public class Greedy;
        public class GreedyConverter : JsonConverter<Greedy>
        {
            public override Greedy? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) { if (reader.TokenType == JsonTokenType.StartObject) { return new(); } reader.Read(); return new(); }
            public override void Write(Utf8JsonWriter writer, Greedy value, JsonSerializerOptions options) => writer.WriteStartArray();
        }

        [JsonConverter(typeof(JsonNumberEnumConverter<Level>))] public enum Level { Low = 1, High = 2 }
        """;

    private static readonly string[] s_integers = ["0", "1", "-1", "127", "128", "255", "256", "65535", "2147483648", "1.0", "1e1", "\"1\"", "true", "[]", "{}"];
    private static readonly string[] s_large =
        [.. s_integers, "170141183460469231731687303715884105727", "170141183460469231731687303715884105728", "-170141183460469231731687303715884105728", "340282366920938463463374607431768211455", "340282366920938463463374607431768211456", "-0", "-170141183460469231731687303715884105729"];

    private static readonly string[] s_floats = ["0", "-0", "-0.0", "1.5", "0.1", "1e3", "1e-7", "65504", "65505", "65519", "65520", "1e39", "1e400", "6e-8", "1e-9", "\"1\"", "\"NaN\"", "[]"];
    private static readonly string[] s_lists = ["[]", "[1]", "[3,1,2,1]", "[null]", "[1.5]", "[\"1\"]", "{}", "1", "\"x\"", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]"];
    private static readonly string[] s_maps = ["{}", "{\"a\":1}", "{\"b\":2,\"a\":1,\"B\":3}", "{\"a\":1,\"a\":2}", "{\"a\":null}", "{\"\":1}", "{\"a+b\":1,\"\\u00e9\":2}", "[]", "1", "{\"a\":\"x\"}", "{\"a\":1.5}"];
    private static readonly string[] s_numberKeys =
        [.. Keys("1", "-1", "+1", "01", " 1", "1 ", "1.0", "1.10", "1e2", "1E+20", "255", "256", "", "a", "\\u0031", "1_0", "1,0", "99999999999999999999", "0.1", "-0", "1e400"), "{\"1\":1,\"01\":2}", "{\"2\":1,\"1\":2}", "[]", "{\"1\":null}"];

    private static readonly string[] s_nodes = ["1", "1.0", "-0", "1E2", "\"a\"", "\"\\u00e9+\"", "true", "[]", "[1.50,null,[{}]]", "{}", "{\"b\":1,\"a\":[null],\"\\u00e9\":\"<\"}", "{\"a\":null}"];

    private static readonly string[] s_unions =
    [
        "{}", "{\"n\":1}", "{\"$type\":\"circle\"}", "{\"n\":1,\"$type\":\"circle\",\"r\":2}", "{\"$type\":\"circle\",\"$type\":\"kept\"}", "{\"$type\":\"circle\",\"n\":1,\"$type\":\"circle\"}", "{\"$type\":\"zz\"}",
        "{\"n\":1,\"$type\":\"zz\"}", "{\"$type\":4,\"side\":1}", "{\"$type\":4.0,\"side\":1}", "{\"$type\":\"4\",\"side\":1}", "{\"$type\":5}", "{\"$type\":99999999999}", "{\"$type\":null}", "{\"n\":1,\"$type\":true}", "{\"$type\":[]}",
        "{\"$id\":\"1\"}", "{\"$type\":\"circle\",\"$id\":\"1\"}", "{\"n\":1,\"$ref\":\"1\"}", "{\"$values\":[]}", "{\"$type\":\"circle\",\"n\":1,\"$values\":[]}", "{\"$other\":1}", "{\"\\u0024type\":\"circle\",\"r\":3}",
        "{\"n\":1,\"\\u0024type\":\"circle\",\"r\":3}", "{\"$type\":\"\\u0063ircle\"}", "{\"$type\":\"Circle\"}", "{\"$Type\":\"circle\"}", "{\"x\":{\"$type\":\"q\",\"$id\":1},\"n\":3}", "[]", "5", "\"circle\"",
        "{\"n\":\"s\",\"$type\":\"circle\"}", "{\"r\":\"s\"}", "{\"$type\":\"kept\",\"extra\":1}", "{\"extra\":[1],\"$type\":\"kept\",\"n\":1}", "{\"$type\":\"kept\",\"$foo\":2}",
    ];

    public static IReadOnlyList<MemberType> All { get; } =
    [
        new("bool", ["true", "false", "1", "\"true\""]),
        new("byte", s_integers),
        new("sbyte", s_integers),
        new("short", s_integers),
        new("ushort", s_integers),
        new("int", s_integers),
        new("uint", s_integers),
        new("long", s_integers),
        new("ulong", s_integers),
        new("Int128", s_large),
        new("UInt128", s_large),
        new("float", s_floats),
        new("double", s_floats),
        new("Half", s_floats),
        new("decimal", ["1.10", "1e2", "-0.00", "79228162514264337593543950336", "\"1\""]),
        new("char", ["\"a\"", "\"\\u0041\"", "\"+\"", "\"\\u00e9\"", "\"\u2028\"", "\"ab\"", "\"\"", "\"\\ud83d\\ude00\"", "1", "[]", "\" \"", "\"\\n\"", "\"a \""], Initial: "'i'"),
        new("string", ["\"a\"", "\"\"", "\"\\u00e9\"", "1", "[]"], Initial: "\"\""),
        new("Uri", ["\"http://a.example/b?c=d#e\"", "\"HTTP://A.example:80/%7Eb/../c d\"", "\"http://a.example\"", "\"/relative/path\"", "\"../x\"", "\"\"", "\" \"", "\"http://\"", "\"http://[::1\"", "\"mailto:a@b.example\"", "\"urn:x:\\u00e9\"", "\"http://\u00e9.example/\u00e9+\"", "\"c:\\\\x\"", "1", "{}", "\"http://a b\""], Initial: "new(\"x\", UriKind.Relative)"),
        new("Version", ["\"1.2\"", "\"1.2.3\"", "\"1.2.3.4\"", "\"1\"", "\"1.2.3.4.5\"", "\"01.02\"", "\" 1.2\"", "\"1.2 \"", "\"1. 2\"", "\"-1.2\"", "\"1.+2\"", "\"\\u0031.2\"", "\"2147483647.0\"", "\"2147483648.0\"", "\"\"", "\"a\"", "1.2", "[]", "\"1..2\"", "\"1.2.\""], Initial: "new()"),
        new("Guid", ["\"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\"", "\"0a1b2c3d4e5f60718293a4b5c6d7e8f9\"", "1"]),
        new("DateTime", ["\"2026-03-21T10:11:12Z\"", "\"x\""], Initial: "DateTime.UnixEpoch"),
        new("DateTimeOffset", ["\"2026-03-21T10:11:12+02:00\"", "\"2026-03-21\"", "\"x\""], Initial: "DateTimeOffset.UnixEpoch"),
        new("DateOnly", ["\"2026-03-21\"", "\"2026-3-21\""]),
        new("TimeOnly", ["\"10:11:12\"", "\"25:00\""]),
        new("TimeSpan", ["\"1.10:11:12\"", "\"x\""]),
        new("byte[]", ["\"AA==\"", "\"\"", "\"A\"", "[1]"], Initial: "[]"),
        new("Colour", ["\"Red\"", "\"dark blue\"", "\"green\"", "5", "6", "\"x\"", "\"Red, Green\""]),
        new("PlainClass", ["{}", "{\"n\":1}", "[]"], Initial: "new()"),
        new("PlainRecord", ["{}", "{\"n\":1}", "{\"n\":1,\"s\":null}"], Initial: "new(1)"),
        new("PlainStruct", ["{}", "{\"n\":1}", "1"]),
        new("JsonElement", ["1", "\"\\u00e9\"", "[1.0,{\"a\":null}]"], Initial: "JsonDocument.Parse(\"1\").RootElement"),
        new("JsonNode", [.. s_nodes], Initial: "JsonValue.Create(1)"),
        new("JsonObject", [.. s_nodes], Initial: "new()"),
        new("JsonArray", [.. s_nodes], Initial: "new()"),
        new("JsonValue", [.. s_nodes], Initial: "JsonValue.Create(1)"),
        new("Shape", [.. s_unions, "{\"$type\":\"circle\",\"r\":1.5,\"inner\":{\"$type\":4,\"side\":2,\"in\":{\"r\":1}}}", "{\"inner\":{\"n\":1,\"$type\":\"circle\"},\"$type\":\"kept\",\"x\":[]}", "{\"$type\":4}", "{\"$type\":\"kept\",\"kind\":1}", "{\"word\":\"w\"}"], Initial: "new()"),
        new("IPayment", [.. s_unions, "{\"kind\":\"cash\",\"sum\":1.50}", "{\"sum\":1,\"kind\":\"card +\\u00e9\",\"number\":\"7\"}", "{\"kind\":-1,\"sum\":2}", "{\"kind\":\"?\",\"sum\":2}", "{\"kind\":null,\"sum\":2}", "{\"kind\":\"cash\",\"kind\":\"cash\",\"sum\":1}", "{\"kind\":\"cash\"}", "{\"k\\u0069nd\":\"cash\",\"sum\":3}"], Initial: "new Cash(1)"),
        new("Animal", [.. s_unions, "{\"$type\":\"dog\",\"legs\":3}", "{\"name\":\"n\",\"$type\":\"animal\"}", "{\"legs\":\"x\",\"$type\":\"cat\"}"], Initial: "new()"),
        new("Tree", [.. s_unions, "{\"$type\":\"leaf\",\"age\":3}", "{\"$type\":\"branch\",\"twigs\":[{\"age\":1,\"$type\":\"leaf\"},null,{\"$type\":\"branch\",\"named\":{\"a\":{\"$type\":\"leaf\"},\"b\":null}}]}", "{\"$type\":\"branch\",\"twigs\":[{\"age\":1}]}"], Initial: "new Leaf()"),
        new("Point", ["\"1,2\"", "\"1\"", "\"a,b\"", "1", "{}", "[]", "\"99999999999,1\""]),
        new("Name", ["\"a/\\u00e9\"", "[]", "[\"a\",\"b\"]", "[1]", "1", "{}"], Initial: "new() { Text = \"i\" }"),
        new("Nothing", ["1", "[[]]", "{\"a\":{}}"], Initial: "new()"),
        new("Greedy", ["1", "{}", "[]", "[1]", "\"a\""]),
        new("Level", ["1", "2", "9", "\"Low\"", "1.0"]),
        new("int[]", s_lists, Initial: "[]"),
        new("List<int>", s_lists, Initial: "[]"),
        new("IList<int>", s_lists, Initial: "[]"),
        new("ICollection<int>", s_lists, Initial: "[]"),
        new("IEnumerable<int>", s_lists, Initial: "[]"),
        new("IReadOnlyList<int>", s_lists, Initial: "[]"),
        new("IReadOnlyCollection<int>", s_lists, Initial: "[]"),
        new("ISet<int>", s_lists, Initial: "new HashSet<int>()"),
        new("HashSet<int>", s_lists, Initial: "[]"),
        new("SortedSet<int>", s_lists, Initial: "[]"),
        new("LinkedList<int>", s_lists, Initial: "new()"),
        new("Queue<int>", s_lists, Initial: "new()"),
        new("ConcurrentQueue<int>", s_lists, Initial: "new()"),
        new("Collection<int>", s_lists, Initial: "[]"),
        new("ObservableCollection<int>", s_lists, Initial: "[]"),
        new("ImmutableArray<int>", s_lists, Initial: "[]"),
        new("ImmutableList<int>", s_lists, Initial: "[]"),
        new("ImmutableHashSet<int>", s_lists, Initial: "[]"),
        new("ImmutableSortedSet<int>", s_lists, Initial: "[]"),
        new("ImmutableQueue<int>", s_lists, Initial: "[]"),
        new("IImmutableList<int>", s_lists, Initial: "ImmutableList<int>.Empty"),
        new("IImmutableSet<int>", s_lists, Initial: "ImmutableHashSet<int>.Empty"),
        new("IImmutableQueue<int>", s_lists, Initial: "ImmutableQueue<int>.Empty"),
        new("Dictionary<string, int>", s_maps, Initial: "new()"),
        new("IDictionary<string, int>", s_maps, Initial: "new Dictionary<string, int>()"),
        new("IReadOnlyDictionary<string, int>", s_maps, Initial: "new Dictionary<string, int>()"),
        new("SortedDictionary<string, int>", s_maps, Initial: "new()"),
        new("SortedList<string, int>", s_maps, Initial: "new()"),
        new("ConcurrentDictionary<string, int>", s_maps, Initial: "new()"),
        new("ImmutableDictionary<string, int>", s_maps, Initial: "ImmutableDictionary<string, int>.Empty"),
        new("IImmutableDictionary<string, int>", s_maps, Initial: "ImmutableDictionary<string, int>.Empty"),
        new("ImmutableSortedDictionary<string, int>", s_maps, Initial: "ImmutableSortedDictionary<string, int>.Empty"),
        new("Dictionary<sbyte, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<byte, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<short, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<ushort, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<int, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<uint, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<long, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<ulong, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<Int128, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<UInt128, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<Half, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<float, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<double, int>", [.. s_numberKeys, .. Keys("NaN", "Infinity")], Initial: "new()"),
        new("Dictionary<decimal, int>", s_numberKeys, Initial: "new()"),
        new("Dictionary<Guid, int>", [.. Keys("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9", "{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "\\u0030a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "")], Initial: "new()"),
        new("Dictionary<Colour, int>", [.. Keys("Red", "red", "dark blue", "Dark blue", "5", "6", "-1", " Red ", "Red,Green", "", "Blue", "\\u0052ed"), "{\"Red\":1,\"red\":2}", "{\"Red\":\"x\"}"], Initial: "new()"),
        .. Refused,
        new("IReadOnlyDictionary<Marks, List<string?>?>", [.. Keys("A", "AB", "A, B", "b,a", "3", "4", "300", "None").Select(text => text.Replace(":1}", ":[\"x\",null]}", StringComparison.Ordinal)), "{\"A\":null}"], Initial: "new Dictionary<Marks, List<string?>?>()"),
    ];

    /// <summary>Types that no event holds; what the message says of each.</summary>
    private static MemberType[] Refused =>
    [
        No("object", "says nothing about what it holds"),
        No("Memory<byte>", "use byte[]"),
        No("ReadOnlyMemory<byte>", "use byte[]"),
        No("JsonDocument", "use JsonElement"),
        No("KeyValuePair<string, int>", "has members that JSON would not name well"),
        No("Tuple<int, string>", "has members that JSON would not name well"),
        No("(int A, int B)", "has members that JSON would not name well"),
        No("Stack<int>", "is read back in reverse order"),
        No("ConcurrentStack<int>", "is read back in reverse order"),
        No("ImmutableStack<int>", "is read back in reverse order"),
        No("System.Collections.ArrayList", "says nothing about what it holds"),
        No("System.Collections.Hashtable", "says nothing about what it holds"),
        No("System.Collections.IEnumerable", "says nothing about what it holds"),
        No("OwnList", "is a collection of its own kind"),
        No("Dictionary<DateTime, int>", "a key is text, a number, an enum or a Guid"),
    ];

    private static MemberType No(string type, string message) => new(type, [], Refused: message);

    private static string[] Keys(params string[] keys) => [.. keys.Select(key => $"{{\"{key}\":1}}")];
}

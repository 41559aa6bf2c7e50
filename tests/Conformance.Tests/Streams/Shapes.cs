namespace Typed.Conformance.Tests.Streams;

/// <summary>Declarations beyond the vectors, with texts to read. What the framework's own serializer does with them is the expectation.</summary>
internal static class Shapes
{
    public const string Source = """
        using System; using System.Collections.Generic; using System.Diagnostics.CodeAnalysis; using System.Text.Json; using System.Text.Json.Serialization; using Typed;
        namespace Shapes;

        public enum Case { Red = 0, RED = 1, [JsonStringEnumMemberName("green")] Green = 2, GREEN = 3, [JsonStringEnumMemberName("Blue")] X = 4, [JsonStringEnumMemberName("blue")] Y = 5 }
        [Flags] public enum Mixed { None = 0, A = 1, B = 2, AB = 3, C = 4, ABC = 7, [JsonStringEnumMemberName("d d")] D = 8, High = 1 << 30 }
        [Flags] public enum Signed : sbyte { None = 0, Top = -128, One = 1, All = -1 }
        public enum Tiny : short { Min = -32768, MinusOne = -1, Zero = 0, Max = 32767 }
        public enum Wide : ulong { Zero = 0, Max = ulong.MaxValue }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Plain { Zero, One }

        [EventStream] public partial class Enums { public Case C { get; set; } public Mixed M { get; set; } public Signed S { get; set; } public Tiny T { get; set; } public Wide W { get; set; } public Plain P { get; set; } public Case? N { get; set; } public List<Mixed>? L { get; set; } }

        [EventStream] public partial record struct Positional(int A, string B, double? C);
        [EventStream] public readonly partial record struct ReadOnlyPositional(int A, string? B) { public int Extra { get; init; } = 7; }
        [EventStream] public partial struct Chosen { [JsonConstructor] public Chosen(int a, string b = "q") { A = a; B = b; } public int A { get; } public string B { get; } public int C { get; set; } }
        [EventStream] public partial struct NeedsOne { public required int A { get; init; } public int B { get; init; } public int C; }

        public class Base { public virtual int V { get; set; } = 1; public int Hidden { get; set; } = 2; public string? Own { get; init; } [JsonInclude] private int Secret { get; set; } = 3; public int FromBase { get; set; } }
        [EventStream] public partial class Derived : Base { public override int V { get; set; } = 10; public new string Hidden { get; set; } = "h"; public int Mine { get; init; } }

        [EventStream] public partial class Included { [JsonInclude] public int Field = 1; [JsonInclude] private string Hidden { get; set; } = "h"; [JsonInclude] public int PrivateSet { get; private set; } = 2; [JsonInclude] internal readonly int Frozen = 5; public int Plain = 9; [JsonInclude] public int InternalGet { internal get; set; } = 4; }
        [EventStream] public partial class Ordered { [JsonPropertyOrder(2)] public int A { get; set; } public int B { get; set; } [JsonPropertyOrder(-1)] public int C { get; set; } public int D { get; set; } }
        [EventStream] public partial class TwoConstructors { public TwoConstructors() { A = -1; } [JsonConstructor] public TwoConstructors(int a, int? b, string s = "s") { A = a; B = b; S = s; } public int A { get; } public int? B { get; } public string S { get; } public int Later { get; set; } = 3; public int InitLater { get; init; } = 4; }
        [EventStream] public partial class PrivateConstructor { [JsonConstructor] private PrivateConstructor(int a) { A = a; } public static PrivateConstructor Of(int a) => new(a); public int A { get; } public string? B { get; set; } }
        [EventStream] public partial record Defaults(bool B = true, byte U8 = 3, sbyte I8 = -3, short I16 = -4, ushort U16 = 4, uint U = 5, long L = -6, ulong Ul = ulong.MaxValue, float F = 1.5f, double D = -2.5, decimal M = 1.50m, string S = "q\"\\\n", Plain P = Plain.One, Guid G = default, DateTimeOffset At = default, int? N = 5, Mixed? X = Mixed.AB, string? Z = null, int[]? Arr = null);

        [EventStream] public partial class Skips { public int A { get; set; } [JsonIgnore] public int B { get; set; } public int GetOnly => 5; public int WriteOnly { set { A = value; } } internal int I { get; set; } public int NotPublicSet { get; private set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int R { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public int W { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        [EventStream] public partial class Keeps { [JsonExtensionData] public IDictionary<string, object> More { get; set; } = new Dictionary<string, object> { ["z"] = 1, ["a"] = "x" }; public int N { get; init; } }

        [EventStream] public partial class Needs { public required int A { get; set; } public required string? B { get; init; } [JsonRequired] public int C { get; set; } = 4; public int D { get; init; } = 5; public string E { get; set; } = "e"; }
        [EventStream] public partial class SetsAll { [SetsRequiredMembers] public SetsAll() { A = 3; } public required int A { get; set; } public int B { get; set; } }
        [EventStream] public partial record NeedsMore(int P) { public required string Q { get; init; } public int R { get; init; } = 8; }

        [EventStream] public partial class Annotated { [AllowNull] public string A { get => field ?? "was null"; set; } = "a"; [DisallowNull] public string? B { get; set; } [MaybeNull] public string C { get; set; } = "c"; [NotNull] public string? D { get; set; } = "d"; public string E { get; set; } = "e"; [DisallowNull] public int? F { get; set; } }

        public record Page<T>(T Item, int Number) { public T? Other { get; init; } public List<T>? Items { get; set; } }
        public class Box<T> where T : struct { public T Value { get; init; } [JsonInclude] private T Hidden { get; set; } }
        [EventStream] public partial class Generics { public Page<string>? Text { get; set; } public Page<int>? Number { get; set; } public Box<Guid>? Box { get; set; } public Page<Page<int>>? Nested { get; set; } }

        [EventStream] public partial class Times { public DateOnly D { get; set; } public TimeOnly T { get; set; } public TimeSpan S { get; set; } public DateTimeOffset O { get; set; } public Guid G { get; set; } public byte[]? B { get; set; } public TimeSpan? N { get; set; } }
        [EventStream] public partial class Numbers { public sbyte I8 { get; set; } public byte U8 { get; set; } public short I16 { get; set; } public ushort U16 { get; set; } public int I { get; set; } public uint U { get; set; } public long L { get; set; } public ulong Ul { get; set; } public float F { get; set; } public double D { get; set; } public decimal M { get; set; } public double? N { get; set; } }

        [EventStream] public partial class Lists { public int[]? A { get; set; } public List<int?>? B { get; set; } public IReadOnlyList<List<string>>? C { get; set; } public Dictionary<string, int[]>? D { get; set; } public IReadOnlyDictionary<string, Positional?>? E { get; set; } public Positional[]? F { get; set; } public List<byte[]>? G { get; set; } public JsonElement?[]? H { get; set; } public bool[] I { get; set; } = [true]; public byte[][]? J { get; set; } public List<JsonElement>? K { get; set; } }
        [EventStream] public partial class Conditions { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public double D { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Positional P { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public string? S { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string R { get; set; } = "r"; [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? N { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Mixed M { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public List<int>? L { get; set; } }

        public interface INamed { string Name { get; set; } }
        [EventStream] public partial class Explicit : INamed { string INamed.Name { get; set; } = "n"; public int this[int i] => i; public int A { get; set; } public static int S { get; set; } public const int K = 1; public string @class { get; set; } = "k"; public int @event { get; init; } }

        public class Plainly { public int X { get; set; } = 1; }
        public class Virtually { public virtual int X { get; set; } = 1; }
        public class Ignoring : Plainly { [JsonIgnore] public new int X { get; set; } = 2; }
        public abstract class Anew : Plainly { public abstract new int X { get; set; } }
        public class Keeping<T> { [JsonInclude] internal T X { get; init; } = default!; [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }
        public record Positionally(int X) { [JsonInclude] protected int Y { get; init; } = 4; }
        [EventStream] public partial class ByPrivate : Plainly { private new string X => "p"; public static string Seen(ByPrivate one) => one.X; }
        [EventStream] public partial class ByStatic : Plainly { public static new int X { get; set; } = 9; }
        [EventStream] public partial class ByMethod : Plainly { public new void X() { } }
        [EventStream] public partial class ByClass : Plainly { public new class X; }
        [EventStream] public partial class ByField : Plainly { public new int X = 7; }
        [EventStream] public partial class ByInternal { public Inner I { get; set; } = new(); public class Inner : Plainly { internal new int X { get; set; } = 3; public int Own => X; } }
        [EventStream] public partial class ByIgnored : Plainly { [JsonIgnore] public new string? X { get; set; } = "d"; }
        [EventStream] public partial class ByIgnoredOverride : Virtually { [JsonIgnore] public override int X { get; set; } = 8; }
        [EventStream] public partial class ByIgnoredAnew : Virtually { [JsonIgnore] public new virtual int X { get; set; } = 8; }
        [EventStream] public partial class ByIncludedField : Plainly { [JsonInclude] public new int X = 7; }
        [EventStream] public partial class ByIncluded : Plainly { [JsonInclude] private new int X { get; set; } = 7; }
        [EventStream] public partial class ByTwo : Ignoring { private new int X => 3; public static int Seen(ByTwo one) => one.X; }
        [EventStream] public partial class ByAbstract : Anew { public override int X { get; set; } = 4; }
        [EventStream] public partial class BySetOnly : Plainly { public new int X { private get; set; } = 4; }
        [EventStream] public partial class OverrideRenamed : Virtually { [JsonPropertyName("y")] public override int X { get; set; } = 8; }
        [EventStream] public partial class NewRenamed : Plainly { [JsonPropertyName("y")] public new int X { get; set; } = 8; }
        [EventStream] public partial class ByInitOnly : Keeping<int> { internal new string X => "x"; public new int More => 5; }
        [EventStream] public partial record ByPositional(int X, string Z) : Positionally(X) { public new int X => 5; private new string Y => Z; public static string Seen(ByPositional one) => one.Y; }

        public class Kept { [JsonExtensionData, JsonInclude] public Dictionary<string, JsonElement>? More { private get; set; } [JsonInclude] public int N { private get; set; } }
        public struct KeptField { [JsonExtensionData, JsonInclude] internal Dictionary<string, JsonElement>? More; }
        [EventStream] public partial class KeepsPrivately { public Kept? K { get; set; } public KeptField F { get; set; } [JsonExtensionData, JsonInclude] private Dictionary<string, JsonElement>? More { get; init; } }
        [EventStream] public partial class Ungettable { private List<int>? _a; public List<int> A { set => _a = value; } public int[]? B { private get; set; } public Dictionary<string, int>? C { internal get; init; } public IReadOnlyList<int> D { set { } } public byte[]? E { private get; set; } public string F { private get; set; } = "f"; public Plainly G { private get; set; } = new(); [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public List<int>? H { get; set; } [JsonInclude] public List<int>? I { internal get; set; } public string Seen => $"{_a?.Count} {B?.Length} {C?.Count} {E?.Length} {F} {G?.X} {H?.Count}"; }
        [EventStream] public partial class UngettableParameter(List<int>? l) { public List<int>? L { private get; set; } = l; public int? Seen => L?.Count; }
        [EventStream] public partial record UnreadParameter([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] int A, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] string B = "b", [property: JsonIgnore] int C = 4) { public int Seen => C; }
        public class OfClass<T> where T : class { public T V { get; set; } = null!; public T? W { get; set; } }
        public class OfMaybe<T> where T : class? { public T V { get; set; } = null!; }
        public class OfPlain<T> where T : Plainly { public T V { get; set; } = null!; }
        public class OfNew<T, U> where T : class, new() where U : T { public T V { get; set; } = null!; public U W { get; set; } = default!; }
        public record RecordOfClass<T>(T V) where T : class;
        [EventStream] public partial class Constrained { public OfClass<string>? A { get; set; } public OfMaybe<string>? B { get; set; } public OfPlain<Plainly>? C { get; set; } public OfNew<Plainly, Ignoring>? D { get; set; } public RecordOfClass<string>? E { get; set; } }
        [EventStream] public partial class PassedIn { [JsonConstructor] private PassedIn(in int a, in string b) { A = a; B = b; } public int A { get; } public string B { get; } public Box<int>? C { get; set; } }
        [EventStream] public partial class CaseApart(int n) { public int n { get; set; } = n; [JsonPropertyName("m")] public long N { get; set; } }

        #nullable disable
        [EventStream] public partial class Oblivious { public string A { get; set; } = "a"; public List<string> B { get; set; } public Oblivious C { get; set; } }
        #nullable enable
        """;

    /// <summary>Classes in which C# and JSON do not mean the same member by a name.</summary>
    private static readonly string[] s_hiding =
    [
        "ByPrivate", "ByStatic", "ByMethod", "ByClass", "ByField", "ByIgnored", "ByIgnoredOverride", "ByIgnoredAnew", "ByIncludedField", "ByIncluded", "ByTwo", "ByAbstract",
        "BySetOnly", "OverrideRenamed", "NewRenamed", "ByInitOnly",
    ];

    /// <summary>Texts to read, by class.</summary>
    public static readonly Dictionary<string, string[]> Texts = new(
        s_hiding.Select(name => KeyValuePair.Create<string, string[]>(name, ["{}", "{\"x\":5}", "{\"x\":5,\"y\":6}", "{\"y\":6,\"x\":null}", "{\"x\":\"s\"}", "{\"X\":5,\"more\":7}"])),
        StringComparer.Ordinal)
    {
        ["Enums"] = [.. Each("c", "\"Red\"", "\"red\"", "\"RED\"", "\"green\"", "\"Green\"", "\"GREEN\"", "\"Blue\"", "\"blue\"", "\"BLUE\"", "\"X\"", "\" Red\"", "\"Red \"", "\"Red,\"", "\",Red\"", "\"Red,,RED\"", "\"Red , GREEN\"", "\" RED \"", "\"RED,\"", "\"RED,green\"", "\"GREEN,RED\"", "\"1\"", "\"+1\"", "\"-1\"", "\"01\"", "\" 1 \"", "\"1,2\"", "\"Red,1\"", "\"99999999999\"", "\"\"", "\" \"", "null", "1", "99", "-1", "1.0", "1e0", "99999999999", "[]", "{}", "\"\\u0052ed\"", "\"-\"", "\"1 2\"", "\"\uFF11\""),
            .. Each("m", "\"A\"", "\"A, B\"", "\"AB\"", "\"a,b,c\"", "\"d d\"", "\"D\"", "\"D d\"", "\"A, d d\"", "\"None\"", "\"None, A\"", "7", "3", "16", "15", "24", "0", "\"High\"", "1073741825", "-1", "\"A,\"", "\", A\""),
            .. Each("s", "\"Top\"", "\"All\"", "\"Top, One\"", "-128", "-127", "127", "128", "-129", "\"-1\"", "\"200\"", "0", "2", "-2"),
            .. Each("t", "\"Min\"", "-32768", "32768", "-1", "5"), .. Each("w", "18446744073709551615", "\"Max\"", "-1", "\"-1\"", "5"),
            .. Each("p", "\"one\"", "1", "2"), .. Each("n", "null", "\"Red\"", "\"x\""), .. Each("l", "[\"A\",3,\"B, C\"]", "[null]")],
        ["Positional"] = ["{}", "{\"a\":1}", "{\"b\":null}", "{\"a\":1,\"b\":\"x\",\"c\":null}", "null", "[]", "{\"c\":1.5}"],
        ["ReadOnlyPositional"] = ["{}", "{\"a\":1}", "{\"extra\":1}", "{\"a\":1,\"b\":null,\"extra\":9}"],
        ["Chosen"] = ["{\"a\":1}", "{}", "{\"a\":1,\"b\":\"x\",\"c\":4}", "{\"b\":null,\"a\":1}"],
        ["NeedsOne"] = ["{}", "{\"a\":1}", "{\"a\":1,\"b\":2,\"C\":3,\"c\":3}", "{\"b\":1}"],
        ["Derived"] = ["{}", "{\"v\":5,\"hidden\":\"x\",\"own\":\"o\",\"secret\":9,\"fromBase\":4,\"mine\":6}", "{\"hidden\":5}"],
        ["Included"] = ["{}", "{\"field\":5,\"hidden\":\"x\",\"privateSet\":6,\"frozen\":7,\"plain\":8,\"internalGet\":1}"],
        ["Ordered"] = ["{\"a\":1,\"b\":2,\"c\":3,\"d\":4}"],
        ["TwoConstructors"] = ["{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":null,\"s\":\"x\",\"later\":9,\"initLater\":8}", "{\"b\":1}", "{\"a\":1,\"b\":1,\"s\":null}", "{\"a\":1,\"b\":2,\"a\":3,\"later\":1,\"later\":2}"],
        ["PrivateConstructor"] = ["{\"a\":1}", "{}", "{\"a\":2,\"b\":\"x\"}"],
        ["Defaults"] = ["{}", "{\"b\":false,\"s\":\"x\",\"n\":null,\"x\":\"A\"}", "{\"s\":null}", "{\"arr\":[1]}", "{\"u8\":300}"],
        ["Skips"] = ["{\"a\":1,\"b\":2,\"getOnly\":3,\"i\":5,\"notPublicSet\":6,\"r\":7,\"w\":8,\"x\":[1,{\"y\":null}]}", "{\"writeOnly\":4}", "{\"getOnly\":\"any\",\"b\":{}}", "{\"x\":1,\"x\":null,\"\\u0078\":3}", "{\"x\":null}", "{\"\":1,\"A\":2}"],
        ["Keeps"] = ["{}", "{\"n\":1}", "{\"n\":1,\"b\":true,\"z\":2,\"o\":null}", "{\"q\":[1],\"n\":2}"],
        ["Needs"] = ["{}", "{\"a\":1,\"b\":null,\"c\":1}", "{\"a\":1,\"b\":\"x\",\"c\":2,\"d\":3,\"e\":\"y\"}", "{\"a\":1,\"b\":null}", "{\"a\":null,\"b\":null,\"c\":1}", "{\"a\":1,\"b\":null,\"c\":1,\"e\":null}"],
        ["SetsAll"] = ["{}", "{\"a\":1}", "{\"b\":1}"],
        ["NeedsMore"] = ["{\"p\":1}", "{\"p\":1,\"q\":\"x\"}", "{\"q\":\"x\"}", "{\"p\":1,\"q\":\"x\",\"r\":2}", "{\"p\":1,\"q\":null}"],
        ["Annotated"] = ["{}", "{\"a\":null}", "{\"b\":null}", "{\"b\":\"x\"}", "{\"b\":\"x\",\"c\":null}", "{\"d\":null}", "{\"e\":null}", "{\"f\":null}", "{\"f\":1,\"b\":\"y\"}"],
        ["Generics"] = ["{}", "{\"text\":{\"item\":\"a\",\"number\":1,\"other\":\"b\",\"items\":[\"c\",null]}}", "{\"text\":{\"item\":null,\"number\":1}}", "{\"number\":{\"item\":1,\"number\":2,\"other\":3}}", "{\"number\":{\"number\":2}}", "{\"box\":{\"value\":\"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\",\"hidden\":\"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\"}}", "{\"nested\":{\"item\":{\"item\":1,\"number\":2},\"number\":3}}"],
        ["Times"] = [.. Each("d", "\"2026-03-21\"", "\"2026-03-21T00:00\"", "\"2026-03-21T10:11:12\"", "\"2026-03-21Z\"", "\"2026-03\"", "\"\\u0032026-03-21\"", "\"0001-01-01\"", "\"2024-02-29\"", "\" 2026-03-21\"", "\"2026-03-21 \"", "null", "1"),
            .. Each("t", "\"10:11\"", "\"10:11:12.1234567\"", "\"1:2:3\"", "\"-01:00:00\"", "\"0.10:11:12\"", "\"\\u00310:11:12\"", "\"10:11:12.\"", "\"10\"", "\"23:59:60\"", "null"),
            .. Each("s", "\"5\"", "\"1.02:03:04.5\"", "\"1:2\"", "\"24:00:00\"", "\"1.24:00:00\"", "\"-5\"", "\"00:00:00.0000001\"", "\"1 \"", "\"\\u0035\"", "\"\"", "\"1.2\"", "\"10675200\"", "\"1.00:00\""),
            .. Each("o", "\"2026-03-21T10:11:12.Z\"", "\"2026-03-21T10:11:12+02\"", "\"2026-03-21T10:11:12.12345678901234567Z\"", "\"2026-03-21 10:11:12Z\"", "\"0001-01-01T00:00:00+01:00\"", "\"9999-12-31T23:59:59.9999999-01:00\"", "\"2026-03-21T10:11:12-00:00\"", "\"2026-03-21T10:11:12+14:01\"", "\"\\u0032026-03-21T10:11:12Z\""),
            .. Each("g", "\"0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9\"", "\"{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}\"", "\"\\u0030a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\""), .. Each("b", "\"AA==\"", "\"AA=\"", "\"A A==\"", "\"AA==\\n\"", "\"\\u0041A==\"", "null", "\"AB==\""), .. Each("n", "null", "\"1:2:3\"")],
        ["Numbers"] = [.. Each("i8", "-128", "128", "1.0", "\"1\""), .. Each("u8", "255", "-0", "256"), .. Each("i16", "32767", "1e1"), .. Each("u16", "65535", "-1"), .. Each("i", "-0", "2147483648"), .. Each("u", "4294967296"), .. Each("ul", "-0", "18446744073709551615"), .. Each("l", "-9223372036854775808", "-9223372036854775809"), .. Each("f", "1e38", "1e-50", "-0.0", "0.1"), .. Each("d", "1e-400", "123456789012345678", "true", "\"NaN\""), .. Each("m", "1e28", "1e29", "-0.00", "1e-28", "0.00000000000000000000000000005", "1E+2"), .. Each("n", "null", "1")],
        ["Lists"] = ["{}", "{\"a\":[1,2],\"b\":[1,null],\"c\":[[\"x\",null],null],\"d\":{\"k\":[1],\"n\":null},\"e\":{\"p\":{\"a\":1},\"q\":null}}", "{\"f\":[{\"a\":1,\"b\":\"y\"}]}", "{\"f\":[null]}", "{\"g\":[\"AA==\",null]}", "{\"h\":[1,null,{\"x\":[]}]}", "{\"i\":[]}", "{\"i\":null}", "{\"a\":[null]}", "{\"d\":{\"k\":1}}", "{\"d\":{\"k\":[1],\"k\":[2]}}", "{\"j\":[\"AA==\"]}", "{\"k\":[1,null]}", "{\"a\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34]}"],
        ["Conditions"] = ["{}", "{\"d\":0,\"p\":{\"a\":0},\"s\":\"\",\"r\":null}", "{\"d\":1,\"p\":{\"a\":1,\"b\":\"q\"},\"s\":\"x\",\"r\":\"y\",\"n\":0,\"m\":\"A\",\"l\":[]}", "{\"d\":-0.0}"],
        ["Explicit"] = ["{}", "{\"a\":1,\"class\":\"c\",\"event\":4,\"name\":\"x\",\"s\":1}"],
        ["KeepsPrivately"] = ["{}", "{\"q\":1,\"k\":{\"r\":2},\"f\":{\"s\":3}}", "{\"k\":{\"n\":2,\"more\":[]},\"f\":{\"more\":null}}"],
        ["Ungettable"] = ["{}", .. "abcdefghi".SelectMany(name => Each(name.ToString(), "[1]", "null", "5", "\"AA==\"", "{}", "{\"x\":4}"))],
        ["UngettableParameter"] = ["{\"l\":[1]}", "{\"l\":null}", "{\"l\":5}"],
        ["UnreadParameter"] = ["{}", "{\"a\":3}", "{\"a\":3,\"b\":\"x\",\"c\":9}", "{\"a\":null}", "{\"a\":1,\"b\":null}"],
        ["Constrained"] = [.. "abcde".SelectMany(name => Each(name.ToString(), "{}", "{\"v\":null}", "{\"v\":{}}", "{\"v\":\"s\"}", "{\"v\":\"s\",\"w\":null}", "{\"v\":{},\"w\":null}", "{\"v\":{},\"w\":{}}"))],
        ["CaseApart"] = ["{\"n\":1,\"m\":2}", "{\"n\":1,\"N\":2}", "{}"],
        ["ByInternal"] = ["{}", "{\"i\":{}}", "{\"i\":{\"x\":5,\"own\":6}}", "{\"i\":{\"x\":\"s\"}}"],
        ["ByPositional"] = ["{}", "{\"x\":1,\"z\":\"z\"}", "{\"x\":1,\"y\":2,\"z\":\"z\"}", "{\"y\":\"s\",\"x\":1,\"z\":\"z\"}"],
        ["Oblivious"] = ["{}", "{\"a\":null,\"b\":[null],\"c\":{\"a\":\"x\"}}", "{\"c\":null}"],
    };

    private static IEnumerable<string> Each(string member, params string[] values) => values.Select(value => $"{{\"{member}\":{value}}}");
}

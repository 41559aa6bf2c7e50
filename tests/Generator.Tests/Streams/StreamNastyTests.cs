using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Streams;

/// <summary>Declarations that break naive generators: each must compile with every warning an error.</summary>
public sealed class StreamNastyTests
{
    [Theory]
    [InlineData("[EventStream] internal partial record E(int N);")]
    [InlineData("namespace A.B; [EventStream] internal partial struct E { public int N { get; set; } }")]
    [InlineData("internal partial class Outer<T> where T : class { internal partial interface IFace { internal partial record struct S<U>(U V) where U : struct { [EventStream] internal partial record E(int N) { public string? Late { get; init; } } } } }")]
    [InlineData("[EventStream] internal partial class E<T> where T : notnull { public int N { get; init; } [JsonIgnore] public T? V { get; set; } }")]
    [InlineData("namespace @class.@event; [EventStream] internal partial class @struct { public int @int { get; init; } public @enum @record { get; set; } public string @value { get; set; } = \"\"; public int reader { get; init; } public int writer { get; init; } } internal enum @enum { @default }")]
    [InlineData("namespace User { internal class System { } internal class Typed { } internal class Microsoft { } [EventStream] internal partial record E(int N, List<string> L, DateTimeOffset At, Dictionary<string, JsonElement> D) { public int Late { get; init; } } }")]
    [InlineData("namespace Shop.System.Text.Json { [EventStream] internal partial record E(int N, Guid? G, TimeSpan[] T); }")]
    [InlineData("[EventStream] internal partial record E(int N); internal partial record E { public const string JsonSchema = \"mine\"; }")]
    [InlineData("internal partial class Outer { [EventStream] private partial record E(Hidden V, Kind K); private record Hidden(int N) { public int Late { get; init; } } private enum Kind { A } private static void Use() => _ = new E(new Hidden(1), Kind.A); }")]
    [InlineData("[EventStream] internal partial record E(int N) { [Obsolete(\"old\")] public int Old { get; set; } }")]
    [InlineData("[EventStream] internal sealed partial record E(List<E> Kids, Dictionary<string, E?> Map, E[][]? Deep);")]
    [InlineData("[EventStream] internal partial record E(Page<Page<int>> P); internal record Page<T>(T Item) where T : notnull { public T? Late { get; init; } public List<T>? Items { get; init; } }")]
    [InlineData("[EventStream] internal partial class E { public E() { } public required int N { get; init; } public required string S { get; set; } }")]
    [InlineData("[EventStream] internal partial record E(int In, string? TypedJson, int EventsIn, string? JsonSchema) { internal static object? TypedJson_ => null; }")]
    [InlineData("[EventStream] internal partial record In(int N); internal partial class Outer { [EventStream] internal partial record TypedJson(int N); [EventStream] internal partial record JsonSchema(int N); }")]
    [InlineData("[EventStream] internal partial record E(int N) { internal class In { } internal enum TypedJson { A } internal int JsonSchema() => 1; }")]
    [InlineData("[EventStream] internal partial record Base(int N); [EventStream] internal partial record E(int N, int M) : Base(N);")]
    [InlineData("internal class Base { public int X { get; set; } public int Y { get; set; } public int Z { get; init; } } [EventStream] internal partial class E : Base { private new string X => \"\"; internal static new int Y = 2; internal new class Z; public string Use() => X; }")]
    [InlineData("internal class Base { [JsonExtensionData, JsonInclude] protected Dictionary<string, JsonElement>? More { get; private set; } [JsonInclude] protected internal int N { private get; set; } } internal class Inner : Base { public new int More => 1; } [EventStream] internal partial class E : Base { public Inner? I { get; set; } }")]
    [InlineData("[EventStream(Retain = \"oops\", Name = \"o o\")] internal partial record E(int N);")]
    public void Compiles(string source)
    {
        foreach (var nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable })
        {
            var text = nullable == NullableContextOptions.Enable ? source : "#nullable enable annotations\n" + source;
            var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(nullable, Global(), StreamCompilation.Parse(text, usings: false)));
            Assert.Empty(problems);
            Assert.NotEmpty(files);
        }
    }

    [Fact]
    public void Public_members_are_documented_for_consumers_that_demand_it()
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(
            NullableContextOptions.Enable,
            StreamCompilation.Parse("/// <summary>Doc.</summary>\n[EventStream] public partial class E { /// <summary>Doc.</summary>\npublic int N { get; set; } }")));
        Assert.Empty(problems);
        Assert.Single(files);
    }

    [Fact]
    public void Names_that_differ_in_case_only_get_files_of_their_own()
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(
            NullableContextOptions.Enable,
            StreamCompilation.Parse("[EventStream] internal partial record Event(int N); [EventStream] internal partial record EVENT(int N); [EventStream] internal partial record Other(int N);")));
        Assert.Empty(problems);
        Assert.Equal(3, files.Select(file => file.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains(files, file => file.HintName is "Other.Stream.g.cs");
    }

    [Fact]
    public void The_same_name_at_two_arities_and_depths_gets_files_of_its_own()
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(
            NullableContextOptions.Enable,
            StreamCompilation.Parse("namespace A { [EventStream] internal partial record E(int N); [EventStream] internal partial record E<T>(int N); internal partial class B { [EventStream] internal partial record E(int N); } } namespace A.B2 { [EventStream] internal partial record E(int N); }")));
        Assert.Empty(problems);
        Assert.Equal(4, files.Length);
    }

    [Fact]
    public void The_attribute_on_two_parts_gives_one_file()
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(
            NullableContextOptions.Enable,
            StreamCompilation.Parse("[EventStream] internal partial record E(int N); [EventStream] internal partial record E;")));
        Assert.Equal("CS0579", Assert.Single(problems).Id);
        Assert.Single(files);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        const string Source = "[EventStream] internal partial record E(double D = -1.5, decimal M = 2.50m, float F = 1e20f, long L = -3);";
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("sv-SE") { NumberFormat = { NegativeSign = "\u2212", NumberDecimalSeparator = "," } };
            Assert.Empty(StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(Source))).Problems);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("[EventStream(Name = )] partial record E(Missing X, List<> Y, Dictionary<string, Gone>? Z, int[,,] W);")]
    [InlineData("[EventStream(Naming = (JsonNaming)77, Body = Nope.X, Retain = 5, Follow = \"x\")] partial record E(int N);")]
    [InlineData("[EventStream] partial class E { [JsonPropertyName] public int A { get; set; } [JsonPropertyName(null)] public int B { get; set; } [JsonIgnore(Condition = (JsonIgnoreCondition)9)] public int C { get; set; } public int { get; } }")]
    [InlineData("[EventStream] partial record E(K V, K? W) : E; enum K { A = , B = \"x\", C = A }")]
    [InlineData("[EventStream] partial record")]
    [InlineData("[EventStream] partial class E<T, { public required T }")]
    public void Broken_code_is_the_compilers_business(string source)
    {
        var (_, problems) = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(source)));
        Assert.NotEmpty(problems);
        Assert.DoesNotContain(StreamCompilation.Rules(source), rule => rule.StartsWith("AD0001", StringComparison.Ordinal));
    }

    [Fact]
    public void Nested_types_may_come_from_another_assembly_but_must_be_visible()
    {
        var library = StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(
            "#pragma warning disable\nnamespace Lib; public record Item(string Name) { public int Late { get; init; } public List<Item>? Kids { get; set; } } public class Holder { public object? Any { get; set; } }"));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);

        var consumer = StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse("[EventStream] internal partial record E(Lib.Item Item, Lib.Holder? Holder);"))
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var (files, problems) = StreamCompilation.Run(consumer);
        Assert.Empty(problems);
        var text = Assert.Single(files).SourceText.ToString();
        Assert.Contains("set_Late", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Any", text, StringComparison.Ordinal);
    }

    private static SyntaxTree Global() => StreamCompilation.Parse(
        "global using global::System; global using global::System.Collections.Generic; global using global::System.Text.Json; global using global::System.Text.Json.Serialization; global using global::Typed;",
        "Usings.cs",
        usings: false);
}

using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Streams;

/// <summary>Declarations that break naive generators: each must compile with every warning an error.</summary>
public sealed class StreamNastyTests
{
    [Theory]
    [InlineData("[EventStream] internal partial record E(int N);")]
    [InlineData("namespace A.B; [EventStream] internal partial struct E { public int N { get; set; } }")]
    [InlineData("internal class Outer<T> where T : class { internal interface IFace<TWriter> where TWriter : new() { internal record struct S<U>(U V) where U : struct { internal record I(int N) { public string? Late { get; init; } } } } } [EventStream] internal partial record E(Outer<string>.IFace<int>.S<int>.I I, Outer<string>.IFace<int>.S<int> S);")]
    [InlineData("internal partial interface IFace { internal partial record struct S { [EventStream] internal partial record E(int N) { public string? Late { get; init; } } } }")]
    [InlineData("internal abstract class Base<T> where T : notnull { public int N { get; init; } [JsonIgnore] public T? V { get; set; } } [EventStream] internal partial class E : Base<string>;")]
    [InlineData("namespace @class.@event; [EventStream] internal partial class @struct { public int @int { get; init; } public @enum @record { get; set; } public string @value { get; set; } = \"\"; public int reader { get; init; } public int writer { get; init; } } internal enum @enum { @default }")]
    [InlineData("namespace User { internal class System { } internal class Typed { } internal class Microsoft { } [EventStream] internal partial record E(int N, List<string> L, DateTimeOffset At, Dictionary<string, JsonElement> D) { public int Late { get; init; } } }")]
    [InlineData("namespace Shop.System.Text.Json { [EventStream] internal partial record E(int N, Guid? G, TimeSpan[] T); }")]
    [InlineData("[EventStream] internal partial record E(int N); internal partial record E { public const string JsonSchema = \"mine\"; }")]
    [InlineData("internal partial class Outer { [EventStream] internal partial record E { [JsonInclude] private Hidden? V { get; set; } [JsonInclude] private Kind K { get; set; } internal void Use() => (V, K) = (new Hidden(1), Kind.A); } private record Hidden(int N) { public int Late { get; init; } } private enum Kind { A } }")]
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
    [InlineData("[EventStream] internal partial class E { public partial int N { get; set; } } internal partial class E { public partial int N { get => 1; set { } } }")]
    [InlineData("[EventStream] internal partial record E(I V, R W); internal class I { [JsonConstructor] private I(Hidden? h) { H = h; } [JsonInclude] private Hidden? H { get; } private class Hidden; } internal class R { public R(ref readonly int a) { A = a; } public int A { get; } }")]
    [InlineData("[EventStream] internal partial record E(char C, char? D, Half H, Int128? I, UInt128 J, Uri U, Uri? V, Version? W, List<Version?> X, Dictionary<Half, Uri?> Y, SortedDictionary<Guid, char?> Z);")]
    [InlineData("[EventStream] internal partial class E { public ISet<string?> A { get; set; } = new HashSet<string?>(); public System.Collections.Immutable.ImmutableArray<Inner?>? B { get; init; } public LinkedList<int?>? C { get; init; } public Queue<E?>? D { get; init; } public required System.Collections.Immutable.IImmutableList<K> F { get; init; } public System.Collections.Concurrent.ConcurrentDictionary<K, K?>? G { get; init; } } internal class Inner; internal enum K { A }")]
    [InlineData("[EventStream] internal partial record E(System.Text.Json.Nodes.JsonNode? A, System.Text.Json.Nodes.JsonArray B, List<System.Text.Json.Nodes.JsonObject?> C);")]
    [InlineData("[EventStream, JsonDerivedType(typeof(F), \"f\"), JsonDerivedType(typeof(@event), 3)] internal partial class E { public E? Next { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } } internal class F : E; internal sealed class @event : E { public required I<int>? Inside { get; init; } } [JsonPolymorphic(TypeDiscriminatorPropertyName = \"a \\\"b\\\"\"), JsonDerivedType(typeof(G<int>), \"{0}\")] internal interface I<T> { T? V { get; } } internal record struct G<T>(T V) : I<T>;")]
    [InlineData("[EventStream, JsonDerivedType(typeof(F), \"f\")] internal abstract partial record E(int N) { public virtual int V { get; init; } } internal record F(int N, List<E> All) : E(N) { [JsonPropertyName(\"w\")] public override int V { get; init; } }")]
    [InlineData("[EventStream] internal partial class E { [JsonConverter(typeof(C))] public string A { get; set; } = null!; [JsonConverter(typeof(C))] public string? B { get; init; } [JsonConverter(typeof(JsonNumberEnumConverter<K>))] public K? D { get; set; } public required K? F { get; init; } } [JsonConverter(typeof(JsonNumberEnumConverter<K>))] internal enum K { A } internal class C : JsonConverter<string> { public override string? Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => r.GetString(); public override void Write(Utf8JsonWriter w, string v, JsonSerializerOptions o) => w.WriteStringValue(v); }")]
    [InlineData("[EventStream] internal partial record E(int N, char C = 'x', nint P = 3, Half? H = null);")]
    [InlineData("#pragma warning disable CS8981\ninternal class var { public int N { get; set; } } [EventStream] internal partial record E(int N, List<var> L, var[] A, Dictionary<string, var> D) { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int M { get; set; } public var? V { get; set; } }")]
    [InlineData("#pragma warning disable CS8981\nnamespace partial.file { internal class partial { public int N { get; set; } } internal enum when { A } internal class yield<T> { public T? Item { get; init; } internal class async { [JsonInclude] internal int N { get; private set; } } } [EventStream] internal partial record E(@partial R, yield<@partial> S, @when Q, yield<@when>.async A, global::@partial.file.@partial P, Dictionary<string, @partial[]> D); }")]
    [InlineData("[EventStream] internal partial class E { public E(int a, [System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DateTimeConstant(5)] DateTime b) { A = a; B = b; } public int A { get; } public DateTime B { get; } }")]
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

    [Theory]
    [InlineData("internal partial class Outer<T> where T : class { internal partial interface IFace { internal partial record struct S<U>(U V) where U : struct { [EventStream] internal partial record E(int N) { public string? Late { get; init; } } } } }")]
    [InlineData("[EventStream] internal partial class E<T> where T : notnull { public int N { get; init; } [JsonIgnore] public T? V { get; set; } }")]
    [InlineData("[EventStream] internal partial record E<TWriter>(int N);")]
    [InlineData("internal partial class Outer { [EventStream] private partial record E(int N); private static void Use() => _ = new E(1); }")]
    [InlineData("[EventStream, Obsolete(\"\", true)] internal partial record E(int N);")]
    public void Gives_nothing_for_what_is_refused(string source)
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(source)));
        Assert.Empty(problems);
        Assert.Empty(files);
        Assert.NotEmpty(StreamCompilation.Rules(source));
    }

    /// <summary>What the consumer has allowed where it is declared needs no allowing in emitted code.</summary>
    [Theory]
    [InlineData("[EventStream] internal partial record E(int N) { [Obsolete(\"x\", true)] public int Old { get; set; } [Obsolete(\"x\", true), EventTime] public DateTimeOffset At { get; init; } public int Half { [Obsolete(\"x\", true)] get; set; } }")]
    [InlineData("[EventStream] internal partial record E { [Obsolete(\"x\", true)] public Old? O { get; set; } [Obsolete(\"x\", true)] public List<Kind>? K { get; set; } } [Obsolete(\"x\", true)] internal record Old(int N); [Obsolete(\"x\", true)] internal enum Kind { A }")]
    [InlineData("[EventStream] internal partial record E(Inner I); internal class Inner { [Obsolete(\"x\", true), JsonConstructor] public Inner(int n) { N = n; } public int N { get; } }")]
    [InlineData("[EventStream] internal partial record E(Inner I); internal class Inner { [Obsolete(\"x\", DiagnosticId = \"EXP1\"), JsonConstructor] public Inner(int n) { N = n; } public int N { get; } [Obsolete(\"x\", DiagnosticId = \"EXP2\")] public int M { get; set; } }")]
    [InlineData("[EventStream] internal partial record E { public Inner? I { get; set; } public Dictionary<string, Kind[]>? K { get; set; } public Page<Mark>? P { get; set; } } [System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] internal class Inner; [System.Diagnostics.CodeAnalysis.Experimental(\"EXP2\")] internal enum Kind { A } internal class Page<T> { public int N { get; set; } } [System.Diagnostics.CodeAnalysis.Experimental(\"EXP3\")] internal class Mark;")]
    [InlineData("[EventStream] internal partial record E(Inner I); internal class Inner { [JsonConstructor, System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] public Inner(int n) { N = n; } [System.Diagnostics.CodeAnalysis.Experimental(\"EXP2\")] public int N { get; } [System.Diagnostics.CodeAnalysis.Experimental(\"EXP3\"), JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } [System.Diagnostics.CodeAnalysis.Experimental(\"EXP4\"), JsonIgnore] public required int R { get; set; } }")]
    public void Obsolete_and_experimental_parts_of_bodies(string source)
    {
        const string Allowed = "#pragma warning disable EXP1, EXP2, EXP3, EXP4, CS0618, CS0619\n";
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(Allowed + source)));
        Assert.DoesNotContain(problems, problem => problem.Location.SourceTree?.FilePath is not "Source.cs");
        Assert.Single(files);
    }

    [Theory]
    [InlineData("In")]
    [InlineData("EventsIn", "internal int In { get; init; }")]
    public void A_stream_that_derives_from_another_has_the_same_names_wherever_that_is(string entry, string member = "")
    {
        var source = $"\n#pragma warning disable CS1591\n[EventStream] public partial record Base(int N) {{ {member} }}\n";
        const string Derived = "[EventStream] internal partial record E(int N) : Base(N);";
        var together = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(source + Derived)));
        Assert.Empty(together.Problems);

        StreamCompilation.Driver().RunGeneratorsAndUpdateCompilation(
            StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Consumer\")]" + source)).WithAssemblyName("Library"), out var library, out _);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var apart = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(Derived)).AddReferences(MetadataReference.CreateFromImage(image.ToArray())));
        Assert.Empty(apart.Problems);

        var text = Assert.Single(apart.Files).SourceText.ToString();
        Assert.Contains($" {entry}(global::Typed.TypedStore store", text, StringComparison.Ordinal);
        Assert.Equal(text, Assert.Single(together.Files, file => file.HintName.StartsWith('E')).SourceText.ToString());
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
        Assert.Contains(files, file => file.HintName is "Other-Stream.g.cs");
    }

    [Fact]
    public void The_same_name_at_two_arities_and_depths_gets_files_of_its_own()
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(
            NullableContextOptions.Enable,
            StreamCompilation.Parse("namespace A { [EventStream] internal partial record E(int N); [EventStream] internal partial record E<T>(int N); internal partial class B { [EventStream] internal partial record E(int N); } } namespace A.B2 { [EventStream] internal partial record E(int N); }")));
        Assert.Empty(problems);
        Assert.Equal(3, files.Length); // a generic one is refused
    }

    [Fact]
    public void A_type_that_cannot_be_a_stream_takes_no_other_with_it()
    {
        var (files, _) = StreamCompilation.Run(StreamCompilation.Create(
            NullableContextOptions.Enable,
            StreamCompilation.Parse("file partial class Outer { internal partial class Middle { [EventStream] internal partial record E(int N); } } [EventStream] internal partial record Other(int N);")));
        Assert.Equal("Other-Stream.g.cs", Assert.Single(files).HintName);
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

    [Theory]
    [InlineData(5, true)]
    [InlineData(9, true)]
    [InlineData(9, false)]
    public void Types_that_lead_to_each_other_do_not_multiply(int types, bool backToo)
    {
        // Each type refers to all others, or to those after it, three times.
        var classes = Enumerable.Range(0, types).Select(i => $"{(i == 0 ? "[EventStream] internal partial" : "internal")} class C{i} {{ public int N {{ get; set; }} "
            + string.Concat(Enumerable.Range(0, types).Where(j => j > i || (backToo && j < i)).SelectMany(j => new[] { 'A', 'B', 'C' }.Select(name => $"public C{j}? {name}{j} {{ get; set; }} "))) + "}");
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(string.Join('\n', classes))));
        Assert.Empty(problems);
        Assert.InRange(Assert.Single(files).SourceText.Length, 1, 400_000);
    }

    [Fact]
    public void Classes_of_an_assembly_with_a_name_of_the_frameworks_are_the_users()
    {
        var library = StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse("#pragma warning disable\nnamespace System.Shared { public record Item(string Name); }")).WithAssemblyName("System.Shared");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);

        var consumer = StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse("[EventStream] internal partial record E(Inner I, System.Shared.Item J, Uri U); internal record Inner(int N);"))
            .WithAssemblyName("System.Shop").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var (files, problems) = StreamCompilation.Run(consumer);
        Assert.Empty(problems);
        var text = Assert.Single(files).SourceText.ToString();
        Assert.Contains("global::Inner Read_", text, StringComparison.Ordinal);
        Assert.Contains("global::System.Shared.Item Read_", text, StringComparison.Ordinal);
        Assert.DoesNotContain("global::System.Uri Read_", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[EventStream] internal unsafe partial class E { public E(int n, int* p) { N = n; P = p; } public int N { get; } public int* P { get; } }")]
    [InlineData("[EventStream] internal unsafe partial class E { public E(int n, delegate*<void> p) { N = n; P = p; } public int N { get; } public delegate*<void> P { get; } }")]
    [InlineData("[EventStream] internal unsafe partial class E { public int N { get; set; } public required int*[] P { get; set; } }")]
    [InlineData("[EventStream] internal partial record E(I I); internal unsafe class I { [JsonConstructor] private I(int* p) { P = p; } public int* P { get; } }")]
    public void Pointers_stay_out_of_emitted_code(string source)
    {
        var compilation = StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(source));
        var (files, problems) = StreamCompilation.Run(compilation.WithOptions(compilation.Options.WithAllowUnsafe(true)));
        Assert.Empty(problems);
        Assert.Single(files);
        Assert.Contains(StreamCompilation.Rules(source), rule => rule.StartsWith("TYP2008", StringComparison.Ordinal));
    }

    /// <summary>Code while it is typed: the compiler speaks where it is written, and emitted code repeats none of it.</summary>
    [Theory]
    [InlineData("[EventStream] internal partial record E(int N, Gone X);")]
    [InlineData("[EventStream] internal partial record E(Gone X);")]
    [InlineData("[EventStream] internal partial record E(I V); internal record I(Gone X, int N, Gone @event);")]
    [InlineData("[EventStream] internal partial record E(int N, List<Gone> X, Gone<int> Y, Go.Ne Z, @enum W, Page<Gone> P); internal record Page<T>(T Item);")]
    [InlineData("internal class I { public I(Gone x) { X = x; } public Gone X { get; } } [EventStream] internal partial record E(int N, I I);")]
    [InlineData("internal class I { [JsonConstructor] private I(Gone x) { X = x; } public Gone X { get; } } [EventStream] internal partial record E(int N, I I);")]
    [InlineData("internal class I { public required Gone X { get; init; } [JsonInclude] private Gone Y { get; set; } } [EventStream] internal partial record E(int N, I I);")]
    [InlineData("[EventStream] internal partial class E { public int { get; set; } public int B { get; set; } }")]
    [InlineData("[EventStream] internal partial class E { public int A { get; set; } public string A { get; set; } = \"\"; public int B { get; set; } }")]
    [InlineData("[EventStream] internal partial class E { public int A { get; set; } public void A() { } [JsonInclude] public int B; public int B { get; set; } }")]
    [InlineData("[EventStream] internal partial record E(int A, string A);")]
    [InlineData("[EventStream] internal partial class E { [EventTime] public DateTimeOffset A { get; set; } public int A { get; set; } [EventTime] public DateTime { get; set; } }")]
    [InlineData("[EventStream] internal partial record E(int A); [EventStream] internal partial class E { public int B { get; set; } }")]
    [InlineData("namespace { [EventStream] internal partial record E(int A); }")]
    [InlineData("namespace Shop. { [EventStream] internal partial record E(int A); }")]
    [InlineData("[EventStream] internal partial record E(int , string);")]
    [InlineData("[EventStream] internal partial record E(int A, I I); internal record I(int , string B);")]
    [InlineData("[EventStream] internal partial class { public int B { get; set; } }")]
    [InlineData("[EventStream] internal partial record (int A);")]
    [InlineData("internal partial class { [EventStream] internal partial record E(int A); }")]
    [InlineData("[EventStream] internal partial record E(K V); internal enum K { A, , A, = 3 }")]
    public void Unfinished_code_gives_no_error_in_emitted_code(string source)
    {
        var (files, problems) = StreamCompilation.Run(StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse(source)));
        Assert.NotEmpty(problems);
        Assert.DoesNotContain(problems, problem => problem.Location.SourceTree?.FilePath is not "Source.cs");
        Assert.DoesNotContain(StreamCompilation.Rules(source), rule => rule.StartsWith("AD0001", StringComparison.Ordinal));
        Assert.True(files.Length <= 1);
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

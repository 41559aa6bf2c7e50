using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Streams;

public sealed class StreamRuleTests
{
    [Theory]
    [InlineData("[EventStream] public record E(int N);", "TYP2001 E")]
    [InlineData("public class Outer { [EventStream] public partial record E(int N); }", "TYP2001 E")]
    [InlineData("[EventStream] public abstract partial class E { public int N { get; set; } }", "TYP2002 E")]
    [InlineData("[EventStream] public static partial class E;", "TYP2002 E")]
    [InlineData("[EventStream] file partial class E;", "TYP2002 E")]
    [InlineData("file partial class Outer { internal partial class Middle { [EventStream] public partial record E(int N); } }", "TYP2002 E")]
    [InlineData("[EventStream] public ref partial struct E;", "TYP2002 E")]
    [InlineData("[EventStream(Name = \"a b\")] public partial record E(int N);", "TYP2003 \"a b\"")]
    [InlineData("[EventStream(Name = \"\")] public partial record E(int N);", "TYP2003 \"\"")]
    [InlineData("[EventStream(Name = \"a\\n\")] public partial record E(int N);", "TYP2003 \"a\\n\"")]
    [InlineData("[EventStream] public partial record Ereignisübersicht(int N);", "TYP2003 Ereignisübersicht")]
    [InlineData("[EventStream(Retain = \"90 days\")] public partial record E(int N);", "TYP2004 \"90 days\"")]
    [InlineData("[EventStream(Retain = \"0d\")] public partial record E(int N);", "TYP2004 \"0d\"")]
    [InlineData("[EventStream(Retain = \"36526d\")] public partial record E(int N);", "TYP2004 \"36526d\"")]
    [InlineData("[EventStream(Retain = \"monthly\")] public partial record E(int N);", "TYP2004 \"monthly\"")]
    [InlineData("[EventStream(Retain = \"-1d\")] public partial record E(int N);", "TYP2004 \"-1d\"")]
    [InlineData("[EventStream] public partial record E([EventTime] string At);", "TYP2005 At")]
    [InlineData("[EventStream] public partial record E([EventTime] DateTimeOffset A, [property: EventTime] DateTimeOffset B);", "TYP2005 B")]
    [InlineData("[EventStream] public partial record E(object V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(HashSet<int> V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(int[,] V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(Dictionary<int, string> V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(List<Inner> V); public record Inner(Uri Address);", "TYP2006 Address")]
    [InlineData("[EventStream] public partial record E(Mine V); public class Mine : List<int>;", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E<T>(T V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(Outer.Hidden? V); public class Outer { internal interface Hidden; }", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(Node<int> N); public class Node<T> { public Node<List<T>>? Next { get; set; } }", "TYP2006 Next")]
    [InlineData("[EventStream] public partial record E(A<int> N); public class A<T> { public List<B<T[]>>? Next { get; set; } } public class B<T> { public A<T>? Next { get; set; } }", "TYP2006 Next")]
    [InlineData("[EventStream] public partial record E(Outer<int>.Inner N); public class Outer<T> { public class Inner { public Outer<Dictionary<string, T>>.Inner? Next { get; set; } } }", "TYP2006 Next")]
    [InlineData("[EventStream] public partial class E { public Order.Key Key { get; set; } } [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } }", "TYP2006 Key")]
    [InlineData("[EventStream] public partial class E { public List<Order.Key?>? Keys { get; set; } } [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } }", "TYP2006 Keys")]
    [InlineData("[EventStream] public partial class E { public int UserName { get; set; } public int userName { get; set; } }", "TYP2007 userName")]
    [InlineData("[EventStream(Naming = JsonNaming.SnakeCaseLower)] public partial class E { public int UserName { get; set; } public int User_Name { get; set; } }", "TYP2007 User_Name")]
    [InlineData("[EventStream] public partial class E { public int A { get; } public E(int b) { A = b; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial class E { public int A { get; set; } private E() { } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial class E { public int A { get; } public string? B { get; } public E(int a) { A = a; } public E(string b) { B = b; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial record E(Inner V); public abstract record Inner;", "TYP2008 Inner")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore, JsonRequired] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonRequired] public int A { get; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonPropertyName(\"a\\0\")] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream, JsonPolymorphic] public partial class E { public int A { get; set; } }", "TYP2009 E")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, int>? More { get; set; } }", "TYP2010 More")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, JsonElement>? A { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? B { get; set; } }", "TYP2010 B")]
    [InlineData("[EventStream] public partial record E([property: JsonExtensionData] Dictionary<string, JsonElement>? More);", "TYP2010 More")]
    [InlineData("[EventStream] public partial record E(K V); public enum K { [JsonStringEnumMemberName(\" a\")] A }", "TYP2011 A")]
    [InlineData("[EventStream] public partial record E(K V); [Flags] public enum K { [JsonStringEnumMemberName(\"a,b\")] A }", "TYP2011 A")]
    [InlineData("[TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"]), EventStream] public partial record E([property: SeriesValue] long N);", "TYP2015 E")]
    public void Fires(string source, string expected) => Assert.Equal([expected], StreamCompilation.Rules(source));

    [Theory]
    [InlineData("[EventStream] public partial record E(Dictionary<string, int> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(JsonElement V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(IReadOnlyList<Inner> V); public record Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int N, E? Next);", "TYP2012 Next")]
    [InlineData("[EventStream] public partial record E(int N, List<E>? Kids);", "TYP2012 Kids")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }", "TYP2012 More")]
    [InlineData("[EventStream] public partial record E(Inner[] V); public record Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<Inner> V); public record struct Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Inner? V); public record struct Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int[][] V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<int?> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<byte[]> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<List<Inner>> V); public record Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<Dictionary<string, int>> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(JsonElement? V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Empty V); public record Empty;", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<Empty> V); public record Empty;", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int N) { public int V => N; }", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int N) { [JsonPropertyName(\"\")] public int V { get; init; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Outer O); public readonly record struct Outer(int N, Inner V); public record struct Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Parent P); public record Parent(int N, List<Child> C); public record Child(int N, Parent? V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int In);", "TYP2014 In")]
    [InlineData("[EventStream] public partial class E { public static void In() { } }", "TYP2014 In")]
    [InlineData("[EventStream] public partial record E(int N) : Base; public record Base { [JsonIgnore] public int In { get; } }", "TYP2014 In")]
    [InlineData("[EventStream] public partial record In(int N);", "TYP2014 In")]
    public void Informs(string source, string expected) => Assert.Equal([expected], StreamCompilation.Rules(source, DiagnosticSeverity.Info));

    [Theory]
    [InlineData("[EventStream] public partial record E(IReadOnlyList<string> A, IReadOnlyList<int> B, IReadOnlyList<K>? C, int[] D, List<K> E, byte[] F, List<string?> G); public enum K { A }")]
    [InlineData("[EventStream] public partial record E(Inner A, List<Inner>? B, Struct C, K? D, int? E); public class Inner { [JsonInclude] public int N; [JsonIgnore] public int M => N; } public record struct Struct(int N, Inner V); public enum K { A }")]
    public void Informs_of_nothing_that_can_be_queried(string source) => Assert.Empty(StreamCompilation.Rules(source, DiagnosticSeverity.Info));

    [Theory]
    [InlineData("public record NotAStream(object V);")]
    [InlineData("[EventStream(Name = \"a.B-c_9\", Retain = \"36525d\", Naming = JsonNaming.AsDeclared)] public partial record E(int N);")]
    [InlineData("[EventStream(Retain = \"007w\")] public partial record E(int N, [EventTime] DateTime? At);")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore] public object? V { get; set; } [JsonIgnore] public int A { get; set; } [JsonPropertyName(\"a\")] public int B { get; set; } }")]
    [InlineData("[EventStream] public partial record E(List<Inner> L, int[][] J, K? V, byte[] B); public record struct Inner(int N, Half? H = null) { [JsonIgnore] public Half? H { get; init; } = H; } public enum K { A }")]
    [InlineData("[EventStream] public partial class E { internal object? V { get; set; } private object? W { get; set; } public static object? S { get; set; } public object this[int i] => i; }")]
    [InlineData("[EventStream] public partial class E { [JsonConstructor] private E(int a) { A = a; } public int A { get; } }")]
    [InlineData("public partial class Outer<T> { [EventStream] private partial record E(Hidden V); private record Hidden(int N); }")]
    [InlineData("[EventStream] public partial record E(Box<int> N); public record Box<T>(T V) { public Wrapped? W { get; init; } } public record Wrapped(Box<List<int>> Other);")]
    [InlineData("[EventStream] public partial record E(Order O, A A); [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } } [EventStream] public partial record A(int N);")]
    public void Stays_silent(string source) => Assert.Empty(StreamCompilation.Rules(source));

    [Fact]
    public void A_refusal_says_why_where_the_type_looks_fine()
    {
        var message = Message("[EventStream] public partial class E { public Order.Key Key { get; set; } } [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } }");
        Assert.Contains("declare its members instead", message, StringComparison.Ordinal);
        message = Message("[EventStream] public partial record E(Node<int> N); public class Node<T> { public Node<List<T>>? Next { get; set; } }");
        Assert.Contains("ever deeper type arguments", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_refused_takes_nothing_else_with_it()
    {
        var compilation = StreamCompilation.Create(NullableContextOptions.Enable, StreamCompilation.Parse("""
            /// <summary>Doc.</summary>
            [EventStream] public partial record E(int N, object V, Uri W)
            {
                /// <summary>Doc.</summary>
                public required System.Threading.Lock L { get; init; }
            }
            """));
        var (files, problems) = StreamCompilation.Run(compilation);
        Assert.Empty(problems);
        Assert.Contains("\"n\"", Assert.Single(files).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[EventStream(Name = \"e\")] public partial record A(int N); [EventStream] public partial record E(int N);")]
    [InlineData("[EventStream(Name = \"x.y\")] public partial record A(int N); [EventStream(Name = \"X-y\")] public partial record E(int N);")]
    [InlineData("[EventStream(Name = \"e\")] public partial record A(int N); public partial class Outer { [EventStream] public partial record E(int N); }")]
    public void Two_classes_with_one_table_are_both_named(string source) => Assert.Equal(["TYP2013 A", "TYP2013 E"], StreamCompilation.Rules(source));

    [Fact]
    public void Every_rule_has_a_page_and_a_line_in_the_release_notes()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Typed.sln")))
        {
            root = root.Parent!;
        }

        var notes = File.ReadAllText(Path.Combine(root.FullName, "src", "Generator", "AnalyzerReleases.Unshipped.md"));
        var rules = new Analysis.Streams.StreamDeclarationAnalyzer().SupportedDiagnostics.Concat(new Analysis.Streams.StreamBodyAnalyzer().SupportedDiagnostics)
            .Concat(new Analysis.TableAnalyzer().SupportedDiagnostics);
        Assert.All(rules, rule =>
        {
            Assert.Contains(rule.Id, notes, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(root.FullName, "docs", "rules", rule.Id + ".md")), rule.Id);
        });
    }

    private static string Message(string source) =>
        Assert.Single(StreamCompilation.Reports(source, DiagnosticSeverity.Warning)).GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}

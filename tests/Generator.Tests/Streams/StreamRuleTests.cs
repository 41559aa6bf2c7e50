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
    [InlineData("[EventStream] public partial record E(Stack<int> V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(int[,] V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(Dictionary<DateTime, string> V);", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(List<Inner> V); public record Inner(JsonDocument Address);", "TYP2006 Address")]
    [InlineData("[EventStream] public partial record E(Mine V); public class Mine : List<int>;", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E<T>(T V);", "TYP2021 E")]
    [InlineData("public partial class Outer<T> { [EventStream] public partial record E(int N); }", "TYP2021 E")]
    [InlineData("public partial class Outer { [EventStream] private partial record E(int N); }", "TYP2017 E")]
    [InlineData("public partial class Outer { private partial class Inner { [EventStream] public partial record E(int N); } }", "TYP2017 E")]
    [InlineData("public partial class Outer { [EventStream] private protected partial record E(int N); }", "TYP2017 E")]
    [InlineData("[EventStream(Naming = (JsonNaming)77)] public partial record E(int N);", "TYP2018 (JsonNaming)77")]
    [InlineData("[EventStream(Body = (BodyFormat)(-1))] public partial record E(int N);", "TYP2018 (BodyFormat)(-1)")]
    [InlineData("[EventStream] public partial record E(int N); [EventStream(Name = \"f\")] public partial record E;", "TYP2019 EventStream(Name = \"f\")")]
    [InlineData("[EventStream, Obsolete(\"x\", true)] public partial record E(int N);", "TYP2020 E")]
    [InlineData("[Obsolete(\"x\", error: true)] public partial class Outer { [EventStream] public partial record E(int N); }", "TYP2020 E")]
    [InlineData("[EventStream] public partial record E(string At) : B(At); public record B([EventTime] string At);", "TYP2005 At")]
    [InlineData("[EventStream] public partial class E : B { [EventTime] public DateTimeOffset Then { get; set; } } public class B { [EventTime] public DateTimeOffset At { get; set; } }", "TYP2005 Then")]
    [InlineData("[EventStream] public partial class E : B; public class B { [EventTime] private DateTimeOffset At { get; set; } }", "TYP2005 E")]
    [InlineData("[EventStream] public partial class E : B; public class B { [EventTime] public DateTimeOffset At { private get; set; } }", "TYP2005 E")]
    [InlineData("[EventStream] public partial class E : B { public new string At => \"\"; } public class B { [EventTime] public DateTimeOffset At { get; set; } }", "TYP2005 E")]
    [InlineData("[EventStream] public partial class E : B { [JsonPropertyName(\"x\")] public new class At; } public class B { [EventTime] public DateTimeOffset At { get; set; } }", "TYP2005 E")]
    [InlineData("[EventStream] public partial record E(Outer.Hidden? V); public class Outer { internal interface Hidden; }", "TYP2006 V")]
    [InlineData("[EventStream] public partial record E(Node<int> N); public class Node<T> { public Node<List<T>>? Next { get; set; } }", "TYP2006 Next")]
    [InlineData("[EventStream] public partial record E(A<int> N); public class A<T> { public List<B<T[]>>? Next { get; set; } } public class B<T> { public A<T>? Next { get; set; } }", "TYP2006 Next")]
    [InlineData("[EventStream] public partial record E(Outer<int>.Inner N); public class Outer<T> { public class Inner { public Outer<Dictionary<string, T>>.Inner? Next { get; set; } } }", "TYP2006 Next")]
    [InlineData("[EventStream] public partial class E { public Order.Key Key { get; set; } } [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } }", "TYP2006 Key")]
    [InlineData("[EventStream] public partial class E { public List<Order.Key?>? Keys { get; set; } } [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } }", "TYP2006 Keys")]
    [InlineData("[EventStream] public partial class E { public int UserName { get; set; } public int userName { get; set; } }", "TYP2007 userName")]
    [InlineData("[EventStream(Naming = JsonNaming.SnakeCaseLower)] public partial class E { public int UserName { get; set; } public int User_Name { get; set; } }", "TYP2007 User_Name")]
    [InlineData("[EventStream] public partial class E { public int A { get; } public E(int b) { A = b; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial class E { public int A { get; } public E(ref readonly int a) { A = a; } }", "TYP2008 E")]
    [InlineData("[EventStream(Naming = JsonNaming.AsDeclared)] public partial class E(int n) { public int n { get; set; } = n; public int N { get; set; } }", "TYP2008 E")]
    [InlineData("[EventStream(Naming = JsonNaming.AsDeclared)] public partial class E(int n) { public int n { get; set; } = n; [JsonIgnore] public int N { get; set; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial class E : B { public E(int x) { X = x; } [JsonPropertyName(\"y\")] public new int X { get; set; } } public class B { public int X { get; set; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial class E { [JsonConstructor] public E() { } [JsonConstructor] public E(int a) { A = a; } public int A { get; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial record E(I V); public class I { [JsonConstructor] private I(Hidden? h) { H = h; } [JsonInclude, JsonIgnore] private Hidden? H { get; } private class Hidden; }", "TYP2008 I")]
    [InlineData("[EventStream] public partial class E { public int A { get; set; } private E() { } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial class E { public int A { get; } public string? B { get; } public E(int a) { A = a; } public E(string b) { B = b; } }", "TYP2008 E")]
    [InlineData("[EventStream] public partial record E(Inner V); public abstract record Inner;", "TYP2008 Inner")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore, JsonRequired] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonRequired] public int A { get; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { public required List<int> A { set { } } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial record E(int N, [property: JsonIgnore] string A);", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public required int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting), JsonRequired] public string? A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { public required int A { set { } } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial record E([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] int A);", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E(string a) { public string A { private get; set; } = a; public int N => A.Length; }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream] public partial class E { [JsonPropertyName(\"a\\0\")] public int A { get; set; } }", "TYP2009 A")]
    [InlineData("[EventStream, JsonPolymorphic] public partial class E { public int A { get; set; } }", "TYP2009 E")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, int>? More { get; set; } }", "TYP2010 More")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, JsonElement>? A { get; set; } [JsonExtensionData] public Dictionary<string, JsonElement>? B { get; set; } }", "TYP2010 B")]
    [InlineData("[EventStream] public partial record E([property: JsonExtensionData] Dictionary<string, JsonElement>? More);", "TYP2010 More")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, JsonElement>? More { private get; set; } }", "TYP2010 More")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; private set; } }", "TYP2010 More")]
    [InlineData("[EventStream] public partial record E(K V); public enum K { [JsonStringEnumMemberName(\" a\")] A }", "TYP2011 A")]
    [InlineData("[EventStream] public partial record E(K V); [Flags] public enum K { [JsonStringEnumMemberName(\"a,b\")] A }", "TYP2011 A")]
    [InlineData("[TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"]), EventStream] public partial record E([property: SeriesValue] long N);", "TYP2015 E")]
    public void Fires(string source, string expected) => Assert.Equal([expected], StreamCompilation.Rules(source));

    [Theory]
    [InlineData("[EventStream] public partial record E(Dictionary<string, int> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(JsonElement V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(IReadOnlyList<Inner> V); public record Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(HashSet<int> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(IEnumerable<string> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(System.Collections.Immutable.ImmutableArray<int>? V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Version V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<UInt128?> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(System.Text.Json.Nodes.JsonObject V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(Round), \"r\")] public class Shape { public int N { get; set; } } public class Round : Shape;", "TYP2012 V")]
    [InlineData("[EventStream] public partial class E { [JsonConverter(typeof(JsonNumberEnumConverter<K>))] public K? V { get; set; } } public enum K;", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int N, E? Next);", "TYP2012 Next")]
    [InlineData("[EventStream] public partial record E(int N, List<E>? Kids);", "TYP2012 Kids")]
    [InlineData("[EventStream] public partial class E { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }", "TYP2012 More")]
    [InlineData("[EventStream] public partial record E(List<Inner> V); public record struct Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Inner? V); public record struct Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int[][] V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<JsonElement?> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<byte[]> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<List<Inner>> V); public record Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<Dictionary<string, int>> V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(JsonElement? V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Empty V); public record Empty;", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(List<Empty> V); public record Empty;", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int N) { public int V => N; }", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int N) { [JsonPropertyName(\"\")] public int V { get; init; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Outer O); public readonly record struct Outer(int N, Inner V); public record struct Inner(int N);", "TYP2012 V")]
    [InlineData("[EventStream] public partial class E : B { public new string V { get; set; } = \"\"; } public class B { [JsonPropertyName(\"w\")] public int V { get; set; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial class E : B { [JsonIgnore] public new string? V { get; set; } } public class B { public int V { get; set; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial class E : B { public new static int V; } public class B { public List<int>? V { get; set; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial class E : B { [JsonPropertyName(\"w\")] public override int V { get; set; } } public class B { public virtual int V { get; set; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Inner I); public class Inner : B { public int N { get; set; } private new void V() { } } public class B { public int V { get; set; } }", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(Parent P); public record Parent(int N, List<Child> C); public record Child(int N, Parent? V);", "TYP2012 V")]
    [InlineData("[EventStream] public partial record E(int In);", "TYP2014 In")]
    [InlineData("[EventStream] public partial class E { public static void In() { } }", "TYP2014 In")]
    [InlineData("[EventStream] public partial record E(int N) : Base; public record Base { [JsonIgnore] public int In { get; } }", "TYP2014 In")]
    [InlineData("[EventStream] public partial record In(int N);", "TYP2014 In")]
    [InlineData("[EventStream] public partial class E { [System.Runtime.CompilerServices.IndexerName(\"In\")] public int this[int i] => i; }", "TYP2014 this")]
    [InlineData("[EventStream] public partial record EventsIn(int In);", "TYP2014 In")]
    public void Informs(string source, string expected) => Assert.Equal([expected], StreamCompilation.Rules(source, DiagnosticSeverity.Info));

    [Theory]
    [InlineData("[EventStream] public partial record E(char A, Half? B, Uri C, List<char?> D, IList<Half> E, IReadOnlyList<Uri> F, IList<string> G);")]
    [InlineData("[EventStream, JsonDerivedType(typeof(F), \"f\")] public abstract partial record E(int N); public record F(int N, string S) : E(N);")]
    [InlineData("[EventStream] public partial record E(List<int?> A, K?[] B, Inner[] C); public record Inner(int N); public enum K { A }")]
    [InlineData("[EventStream] public partial record E(IReadOnlyList<string> A, IReadOnlyList<int> B, IReadOnlyList<K>? C, int[] D, List<K> E, byte[] F, List<string?> G); public enum K { A }")]
    [InlineData("[EventStream] public partial class E : B { public override int V { get; set; } public new string? W { get; set; } } public class B { public virtual int V { get; set; } public string? W { get; set; } }")]
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
    [InlineData("[EventStream] public partial record E(Box<int> N); public record Box<T>(T V) { public Wrapped? W { get; init; } } public record Wrapped(Box<List<int>> Other);")]
    [InlineData("[EventStream] public partial record E(Order O, A A); [TimeSeries(Type = SeriesType.Count, Intervals = [\"day\"])] public partial class Order { [SeriesKey] public int Id { get; init; } } [EventStream] public partial record A(int N);")]
    [InlineData("public partial class Outer { [EventStream] internal partial record E { [JsonInclude] private Hidden? V { get; set; } } private record Hidden(int N); }")]
    [InlineData("public record B([EventTime] DateTimeOffset At); [EventStream] public partial record E(DateTimeOffset At) : B(At);")]
    [InlineData("public class B { [EventTime] public virtual DateTimeOffset At { get; set; } } [EventStream] public partial class E : B { [EventTime] public override DateTimeOffset At { get; set; } }")]
    [InlineData("public class B<T> { [EventTime] protected T? At { get; set; } } [EventStream] public partial class E : B<DateTime>;")]
    [InlineData("[EventStream] public partial record E([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] int A = 3) { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public int B { get; set; } }")]
    [InlineData("[EventStream] public partial record E(int N, [property: JsonIgnore] int A = 3, [property: JsonIgnore] string? B = null);")]
    [InlineData("[EventStream] public partial class E(int n) { public int n { get; set; } = n; [JsonPropertyName(\"m\")] public long N { get; set; } }")]
    [InlineData("[EventStream, Obsolete(\"x\", false)] public partial record E(int N) { [Obsolete(\"x\", true)] public int Old { get; set; } }")]
    public void Stays_silent(string source) => Assert.Empty(StreamCompilation.Rules(source));

    [Theory]
    [InlineData("[EventStream] public partial record E(Inner V); [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public class Inner;", "V is of type Inner, which events cannot hold: Inner has [JsonNumberHandling], which is not supported; remove it")]
    [InlineData("[EventStream] public partial record E(List<Dictionary<string, Stack<int>?>> V);", "V is of type List<Dictionary<string, Stack<int>?>>, which events cannot hold: Stack<int>? is read back in reverse order; use a list")]
    [InlineData("[EventStream] public partial record E(Type V);", "V is of type Type, which events cannot hold: Type is none of the types of events; convert it to one, or leave it out with [JsonIgnore]")]
    [InlineData("[EventStream] public partial record E(Own V); public class Own : List<int>;", "V is of type Own, which events cannot hold: Own is a collection of its own kind; use an array, List<T>, HashSet<T> or Dictionary<K, T>")]
    [InlineData("[EventStream] public partial record E(System.Collections.IEnumerable V);", "V is of type IEnumerable, which events cannot hold: IEnumerable says nothing about what it holds; use a class, or JsonElement")]
    [InlineData("[EventStream] public partial record E(JsonDocument V);", "V is of type JsonDocument, which events cannot hold: JsonDocument holds memory until it is disposed; use JsonElement")]
    [InlineData("[EventStream] public partial record E((int A, int B) V);", "V is of type (int A, int B), which events cannot hold: (int A, int B) has members that JSON would not name well; use a record")]
    [InlineData("[EventStream] public partial record E(IReadOnlyDictionary<DateTime, int>[] V);", "V is of type IReadOnlyDictionary<DateTime, int>[], which events cannot hold: IReadOnlyDictionary<DateTime, int> has keys of type DateTime; a key is text, a number, an enum or a Guid")]
    [InlineData("[EventStream] public partial record E(int[][,] V);", "V is of type int[][,], which events cannot hold: int[,] has several dimensions; use an array of arrays")]
    [InlineData("[EventStream] public partial record E(object V);", "V is of type object, which events cannot hold: object says nothing about what it holds; use a class, or JsonElement")]
    [InlineData("[EventStream] public partial record E(IDisposable V);", "V is of type IDisposable, which events cannot hold: IDisposable is an interface, which cannot be read back; use a class that is not abstract, [JsonDerivedType] on it for each that may stand for it, or JsonElement")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonPolymorphic] public class Shape;", "Shape has [JsonPolymorphic], but no [JsonDerivedType]; name the classes that may stand for it, or remove the attribute")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(string), \"s\")] public class Shape;", "Shape names String, which is no Shape")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(Round), \"r\"), JsonDerivedType(typeof(Round), \"q\")] public class Shape; public class Round : Shape;", "Shape names Round, which it names already")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(Round), \"r\"), JsonDerivedType(typeof(Oval), \"r\")] public class Shape; public class Round : Shape; public class Oval : Shape;", "Shape names Oval, with the discriminator r, which another has already")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(Round), \"r\")] public class Shape; public abstract class Round : Shape;", "Shape names Round, which is abstract, so that it cannot be read back")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(Round), \"r\\0\")] public class Shape; public class Round : Shape;", "Shape names Round, with a discriminator that no database keeps")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonPolymorphic(TypeDiscriminatorPropertyName = \"$kind\"), JsonDerivedType(typeof(Round), \"r\")] public class Shape; public class Round : Shape;", "Shape has the discriminator \"$kind\": give it a name that is a text and does not begin with $")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(Round), \"r\")] public class Shape; public class Round : Shape { public int Kind { get; set; } }", "Shape names Round, which has a member \"kind\" in JSON; that is the name of the discriminator, or one with $, which is kept for such")]
    [InlineData("[EventStream] public partial record E(IShape V); [JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(Round), \"r\")] public interface IShape; public class Round : IShape;", "IShape falls back to itself, but has no instances to read back; leave UnknownDerivedTypeHandling out, or let it have some")]
    [InlineData("[EventStream] public partial record E(Shape V); [JsonDerivedType(typeof(Round), \"r\")] public class Shape; public class Round : Shape, IEnumerable<int> { public IEnumerator<int> GetEnumerator() => null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!; }", "Shape names Round, which events cannot hold: Round is a collection of its own kind; use an array, List<T>, HashSet<T> or Dictionary<K, T>")]
    [InlineData("[EventStream] public partial class E { [JsonConverter(typeof(C))] public int V { get; set; } } public class C;", "V has the converter C, which is none of int")]
    [InlineData("[EventStream] public partial class E { [JsonConverter(typeof(C))] public int V { get; set; } } public abstract class C : JsonConverter<int>;", "V has the converter C, which has no instances")]
    [InlineData("[EventStream] public partial class E { [JsonConverter(typeof(C))] public int V { get; set; } private class C : JsonConverterFactory { public override bool CanConvert(Type t) => true; public override JsonConverter? CreateConverter(Type t, JsonSerializerOptions o) => null; } } public class F { [JsonConverter(typeof(G))] public int V { get; set; } private class G : JsonConverterFactory { public override bool CanConvert(Type t) => true; public override JsonConverter? CreateConverter(Type t, JsonSerializerOptions o) => null; } } [EventStream] public partial record H(F F);", "V has the converter G, which emitted code cannot name; make it at least internal")]
    [InlineData("[EventStream] public partial class E { [JsonConverter(typeof(C))] public string? V { get; set; } } public class C(int n) : JsonConverter<string> { public override string? Read(ref Utf8JsonReader r, Type t, JsonSerializerOptions o) => $\"{n}\"; public override void Write(Utf8JsonWriter w, string v, JsonSerializerOptions o) { } }", "V has the converter C, which has no public constructor without parameters")]
    [InlineData("[EventStream, JsonConverter(typeof(JsonNumberEnumConverter<K>))] public partial record E(int N); public enum K;", "E has [JsonConverter]; an event is an object of its members, so give it to a member or its type")]
    [InlineData("[EventStream] public partial record E(Inner V); public abstract record Inner;", "Inner cannot be read back: it is abstract; use a class that is not abstract, [JsonDerivedType] on it for each that may stand for it, or JsonElement")]
    [InlineData("[EventStream] public partial record E(Outer V); public class Outer { [JsonInclude] private Hidden? H { get; set; } private class Hidden; }", "H is of type Hidden?, which events cannot hold: Hidden? cannot be named by emitted code; make it, and the types around it, at least internal")]
    [InlineData("[EventStream] public partial class E { [JsonConstructor] public E() { } [JsonConstructor] public E(int a) { A = a; } public int A { get; } }", "E cannot be read back: several of its constructors have [JsonConstructor]; keep one")]
    [InlineData("[EventStream] public partial class E { private E() { } }", "E cannot be read back: it has no public constructor; mark the one to use with [JsonConstructor]")]
    [InlineData("[EventStream] public partial class E { public E(int a) { } public E(string a) { } }", "E cannot be read back: it has several public constructors, none of them without parameters; mark the one to use with [JsonConstructor]")]
    [InlineData("[EventStream] public partial class E { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int A { get; set; } }", "A has [JsonNumberHandling], which is not supported; remove it")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int A { get; set; } }", "A is ignored when null, but is never null; make it nullable, or say WhenWritingDefault")]
    [InlineData("[EventStream] public partial record E(int N, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] string A);", "A is never written, but the constructor needs a value for it; give the parameter a default")]
    [InlineData("[EventStream] public partial class E { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public required int A { get; set; } }", "A is required, but is never written; let it be written and read, or do not require it")]
    [InlineData("[EventStream] public abstract partial class E;", "E cannot be an event stream, for it is abstract: declare a class, record or struct that has instances")]
    [InlineData("[EventStream(Body = (BodyFormat)9)] public partial record E(int N);", "9 is no BodyFormat: use Jsonb, Json")]
    public void Says_what_is_wrong_and_what_to_do(string source, string expected) => Assert.Equal([expected], StreamCompilation.Messages(source));

    [Theory]
    [InlineData("[EventStream] public partial record E(int In);", "E has a member In, so its stream is reached by E.EventsIn")]
    [InlineData("[EventStream] public partial record E(int In) { public static int EventsIn => 1; }", "E has a member In, so its stream is reached by E.EventsIn_")]
    [InlineData("[EventStream] public partial record EventsIn(int In);", "EventsIn has a member In, so its stream is reached by EventsIn.EventsIn_")]
    public void Names_the_method_that_is_emitted(string source, string expected) => Assert.Equal([expected], StreamCompilation.Messages(source, DiagnosticSeverity.Info));

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
            [EventStream] public partial record E(int N, object V, Stack<int> W)
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
        var rules = new Analysis.StreamDeclarationAnalyzer().SupportedDiagnostics.Concat(new Analysis.StreamBodyAnalyzer().SupportedDiagnostics)
            .Concat(new Analysis.TableAnalyzer().SupportedDiagnostics);
        Assert.All(rules, rule =>
        {
            Assert.Contains(rule.Id, notes, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(root.FullName, "docs", "rules", rule.Id + ".md")), rule.Id);
        });
    }

    private static string Message(string source) => Assert.Single(StreamCompilation.Messages(source));
}

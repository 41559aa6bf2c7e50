using System.Globalization;
using static Typed.Generator.Tests.Rules.Rule;

namespace Typed.Generator.Tests.Rules;

/// <summary>What the names of emitted members meant before: in base classes, in the types of members, in code.</summary>
public class HiddenNameRules
{
    private const string Attribute = "[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])]";

    [Theory]
    [InlineData("public void Handle() { }", "Entity.Handle()")]
    [InlineData("public class ContextHandle;", "Entity.ContextHandle")]
    [InlineData("internal int In;", "Entity.In")]
    [InlineData("public virtual object In(TypedStore store) => store;", "Entity.In(Typed.TypedStore)")]
    [InlineData("public static object In(Microsoft.EntityFrameworkCore.DbContext context) => 1;", "Entity.In(Microsoft.EntityFrameworkCore.DbContext)")]
    public async Task An_inherited_member_is_hidden(string member, string shown)
    {
        var reported = await ExpectAsync($"public class Entity {{ {member} }} public class Middle : Entity; {Attribute} public partial class [|Order|] : Middle {{ [SeriesKey] public int Id {{ get; }} }}", "TYP1025");

        Assert.Equal(
            $"'{shown}' is hidden in 'Order' by the member of that name that the generator adds: rename it, or use it through 'Entity'", reported[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("private int Row; private class Handle;")]
    [InlineData("public int Key;", "")]
    [InlineData("public virtual int Key => 1; protected int Row;")]
    [InlineData("public int In(int x) => x; public void In() { } public static void In<T>(TypedStore store) { } public class Row<T>;")]
    public Task Others_are_not(string members, string key = "[SeriesKey] public int Id { get; }") => ExpectAsync(
        $"public class Entity {{ {members} }} {Attribute} public partial class Order : Entity {{ {key} }}");

    [Fact]
    public Task Nor_are_emitted_ones() => ExpectAsync(
        $$"""
        {{Attribute}} public partial class Order { [SeriesKey] public int Id { get; } }
        {{Attribute}} public partial class Sale : Order;
        [EventStream] public partial class Visit;
        {{Attribute}} public partial class View : Visit { [SeriesKey] public int Id { get; } }
        """);

    [Theory]
    [InlineData("public abstract void Handle();")]
    [InlineData("public abstract object In(TypedStore store);")]
    public Task An_abstract_one_may_not_be(string member) => ExpectAsync(
        $"public abstract class Entity {{ {member} }} {Attribute} public abstract partial class [|Order|] : Entity {{ [SeriesKey] public int Id {{ get; }} }}", "TYP1015");

    [Theory]
    [InlineData("public enum Key { A }", "[SeriesKey] public [|Key|] Pressed { get; init; }")]
    [InlineData("public enum Row { A }", "[SeriesKey] public required [|Row|] Line { get; init; }")]
    [InlineData("public enum Row { A }", "[SeriesKey] public readonly [|Row|] Line;")]
    [InlineData("public enum Handle { A }", "[SeriesKey] public [|Handle|] Held => default;")]
    [InlineData("public enum ContextHandle { A }", "[SeriesKey] public ref readonly [|ContextHandle|] Held => throw new Exception();")]
    [InlineData("public class Row { public enum Kind { A } }", "[SeriesKey] public [|Row|].Kind Line { get; init; }", "CS0426")] // Order.Row has no Kind
    [InlineData("", "[SeriesKey] public [|Row|] Line { get; init; }")]
    public async Task The_type_of_a_member_is_the_users(string type, string member, params string[] errors)
    {
        var reported = await ExpectAsync(
            $$"""{{type}} {{Attribute}} public partial class Order { {{member}} [SeriesKey] public int Good { get; init; } public static object Use(TypedStore store) => In(store).Hour.For(3); }""", "TYP1015", errors);

        Assert.Contains("write the full name, with global:: in front", reported[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task Also_under_an_alias_and_in_a_record() => ExpectAsync(
        """
        namespace Shop
        {
            using Row = System.Int32;
            using Handle = System.Byte;

            [TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])] public partial record Order([SeriesKey] [|Row|] Line, [SeriesKey] [|Handle|][] Held, [SeriesKey] int Good, [SeriesValue] int Sum)
            {
                public static object Use(TypedStore store) => In(store).Hour.For(new Key(3));
            }
        }
        """,
        "TYP1015");

    [Fact]
    public Task A_declared_base_class_has_lost_it_too() => ExpectAsync(
        $"public enum Row {{ A }} {Attribute} public partial class Order {{ [SeriesKey] public [|Row|] Line {{ get; init; }} }} {Attribute.Replace("Type", "Name = \"sale\", Type", StringComparison.Ordinal)} public partial class [|Sale|] : Order;", "TYP1015");

    [Theory]
    [InlineData("public enum Key { A }", "[SeriesValue] public Key Pressed { get; init; }")] // without a key member no Key is emitted
    [InlineData("public enum Row { A }", "[SeriesValue] public global::Row Line { get; init; }")]
    [InlineData("public class Base { public enum Row { A } [SeriesValue] public Row Line { get; init; } }", "public object Text => Line;", "Base")] // written where it means the same
    public Task A_type_that_stays_what_it_is_is_not_told(string type, string member, string @base = "object") => ExpectAsync(
        $$"""
        {{type}}
        #pragma warning disable TYP1025
        [TimeSeries(Type = Gauge, Intervals = ["hour: 1h"])] public partial class Order : {{@base}} { {{member}} public static object Use(TypedStore store) => In(store).Hour; }
        """);

    [Theory]
    [InlineData("public class Row { public int N; }", "public static int From([|Row|] row) => row.N;", "global::Row", "CS1061")]
    [InlineData("public class Handle { public static int N; }", "public static int From() => [|Handle|].N;", "global::Handle", "CS0117")]
    [InlineData("namespace Key { public class Code; }", "public object? Made { get; } = new [|Key|].Code();", "Key", "CS0426")]
    [InlineData("public enum Key { A }", "public static object Use(TypedStore store) => In(store).Hour.For(new [|Key|](1));", "global::Key")] // who meant it can say so
    public async Task Code_means_something_else_now(string outside, string member, string shown, params string[] errors)
    {
        var reported = await ExpectAsync($"{outside} {Attribute} public partial class Order {{ [SeriesKey] public int Id {{ get; }} {member} }}", "TYP1025", errors);

        Assert.StartsWith($"'{shown}' is hidden in 'Order' by the member of that name that the generator adds: write 'Order.", reported[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Attribute)]
    [InlineData("[EventStream]")]
    public Task Also_a_call_of_what_stands_around(string attribute) => ExpectAsync(
        $"public partial class Outer {{ public static int In(int x) => x; {attribute} public partial class Order {{ public int Rank() => [|In|](3); public object Use(TypedStore store) => In(store); public int Fine() => Outer.In(3); }} }}", "TYP1025", "CS1503");

    [Fact]
    public Task Also_the_constant_of_a_stream() => ExpectAsync(
        "public class JsonSchema { public static int Parse() => 1; } [EventStream] public partial class Visit { public int Rank() => [|JsonSchema|].Parse(); }", "TYP1025", "CS1061");

    [Theory]
    [InlineData("public static Row? From(Row row) => row; public Key Key2 => new(1);", "public class Row<T>;")] // nothing of that name
    [InlineData("public static Order.Row? From(global::Row row) => new global::Holder { Row = row }.Row is null ? null : null;", "public class Row; public class Holder { public Row? Row; }")]
    [InlineData("public int Sum(int Row) => Row + nameof(Order.Key).Length; /** <see cref=\"Row\"/> */ public int Fine;", "public class Row;")]
    public Task What_is_clear_is_not_told(string member, string outside) => ExpectAsync(
        $"{outside} {Attribute} public partial class Order {{ [SeriesKey] public int Id {{ get; }} {member} }}");
}

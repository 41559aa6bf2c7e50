using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Rules;

/// <summary>What a declared type is and where: partial, not generic, visible, with instances.</summary>
public class ShellRules
{
    private const string Attribute = "[TimeSeries(Type = Count, Intervals = [\"hour: 1h\"])]";

    [Fact]
    public Task A_declared_type_is_partial() => Rule.ExpectAsync($"{Attribute} public class [|Order|]; {Attribute} record struct [|Sale|];", "TYP1001");

    [Fact]
    public Task Its_containers_are_partial() => Rule.ExpectAsync(
        $$"""
        public class [|Shop|] { internal partial struct Desk { private protected interface [|IDrawer|] { {{Attribute}} public partial class Order; } } }
        """.Replace("private protected ", "public ", StringComparison.Ordinal), "TYP1002");

    [Theory]
    [InlineData("@ public partial class [|Order|]<T>;")]
    [InlineData("public partial class Shop<T> { @ public partial class [|Order|]; }")]
    [InlineData("public partial class Shop<T> { public partial class Desk { @ public partial class [|Order|]; } }")]
    [InlineData("public class Base<T>; @ public partial class Order : Base<int>;")]
    public Task It_is_not_generic(string source) => Expect(source, "TYP1003");

    [Theory]
    [InlineData("partial class Shop { @ private partial class [|Order|]; }")]
    [InlineData("partial class Shop { @ protected partial class [|Order|]; }")]
    [InlineData("partial class Shop { @ partial class [|Order|]; }")]
    [InlineData("partial class Shop { private partial class Desk { @ public partial class [|Order|]; } }")]
    [InlineData("partial class Shop { @ protected internal partial class Order; internal partial class Desk { @ internal partial class Sale; } }")]
    public Task Its_assembly_sees_it(string source) => Expect(source, "TYP1004");

    [Theory]
    [InlineData("@ static partial class [|Order|];", "static")]
    [InlineData("@ ref partial struct [|Order|];", "a ref struct")]
    [InlineData("@ file partial class [|Order|];", "local to its file")]
    [InlineData("file partial class Shop { @ public partial class [|Order|]; }", "inside a type that is local to its file")]
    [InlineData("@ abstract partial class Order; @ sealed partial record Sale; @ readonly partial struct Return; @ readonly partial record struct Refund;", "")]
    public async Task It_has_instances(string source, string what)
    {
        var reported = await Expect(source, "TYP1022");

        Assert.All(reported, diagnostic => Assert.Equal($"'Order' is {what}: declare an ordinary class, record or struct", diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Its_attribute_stands_on_one_part() => await Rule.ExpectAsync(
        """
        [TimeSeries(Type = Count, Intervals = ["hour: 1h"])] public partial class Order;
        [{|TYP1014:TimeSeries(Type = Count, Intervals = ["day: 1d"])|}] public partial class Order;
        public partial class Order { public static object Hour(TypedStore store) => In(store).Hour; }
        """,
        errors: "CS0579");

    [Theory]
    [InlineData("Type = [|(SeriesType)9|], Intervals = [\"hour: 1h\"]")]
    [InlineData("Type = [|(SeriesType)(-1)|], Intervals = [\"hour: 1h\"]")]
    public Task Its_type_is_known(string arguments) => Rule.ExpectAsync($"[TimeSeries({arguments})] public partial class Order;", "TYP1023");

    [Fact]
    public Task A_missing_type_is_the_compilers_business() => Rule.ExpectAsync("[TimeSeries(Intervals = [\"hour: 1h\"])] public partial class Order;", errors: "CS9035");

    [Theory]
    [InlineData("public void [|Handle|]() { } public void [|Handle|](int x) { }")]
    [InlineData("public int [|In|] => 1;")]
    [InlineData("public static int [|In|](TypedStore store) => 1;")]
    [InlineData("[System.Runtime.CompilerServices.IndexerName(\"In\")] public int [|this|][string i] => 0;")]
    [InlineData("public int Key => 1; public void In(int x) { } public static void In<T>(TypedStore store) { } public class Row<T>;")] // no key, other signatures
    public Task Its_members_leave_the_emitted_names_free(string members) => Expect($"@ public partial class Order {{ {members} }}", "TYP1015");

    [Fact]
    public Task So_does_its_own_name() => Rule.ExpectAsync($"{Attribute} public partial class [|Handle|]; {Attribute} public partial class [|In|];", "TYP1015");

    [Theory]
    [InlineData("public partial class Order { [SeriesKey] public int Key { get; } public string Row = \"\"; }")]
    [InlineData("public partial class Order { [SeriesKey] public int Row { get; } [SeriesValue] public int Key { get; } }")]
    [InlineData("public partial class Order { [SeriesKey] public int Key { get; } [SeriesKey] public int Key_ { get; } [SeriesKey] public int Row_ => 1; }")]
    [InlineData("public partial record Order([SeriesKey] string Key, [SeriesValue] int Row);")]
    [InlineData("public partial record struct Order([SeriesKey] string Key, [SeriesValue] int Row);")]
    [InlineData("public partial class Order { [SeriesKey] public int Id { get; } public class Key; public enum Row { A } }")]
    [InlineData("public partial class Order { [SeriesKey] public int Id { get; } [System.Runtime.CompilerServices.IndexerName(\"Key\")] public int this[int i] => i; }")]
    [InlineData("public partial class Key { [SeriesKey] public int Id { get; } } #public partial class Row { [SeriesKey] public int Id { get; } }")]
    [InlineData("public partial class Order : Entity { } public class Entity { [SeriesKey] public int Key { get; init; } [SeriesValue] public int Row { get; init; } }")]
    [InlineData("public partial class Sale : Order { } #public partial class Order { [SeriesKey] public int Key { get; init; } [SeriesValue] public int Row { get; init; } }")]
    [InlineData("public abstract partial class Order : Entity { [SeriesKey] public int Id { get; } } public abstract class Entity { public abstract int Key { get; } public abstract void Row(); }")]
    public Task A_key_and_a_row_may_be_the_users(string types) => Rule.ExpectAsync(string.Join("", types.Split('#')
        .Select((type, i) => Attribute.Replace("Type", $"Name = \"s{i}\", Type", StringComparison.Ordinal).Replace("1h\"", "1h\", \"day: daily by 1h\"", StringComparison.Ordinal) + type)));

    private static Task<ImmutableArray<Diagnostic>> Expect(string source, string id)
    {
        var series = 0;
        return Rule.ExpectAsync(string.Join("", source.Split('@').Select((part, i) => i == 0 ? part : Attribute.Replace("Type", $"Name = \"s{series++}\", Type", StringComparison.Ordinal) + part)), id);
    }
}

using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Series;

/// <summary>Names of emitted files compare without case, and one clash would take the whole output with it.</summary>
public class HintNameTests
{
    private const string Attribute = "[Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [\"minute: 1m\"])]";

    [Fact]
    public void Two_types_whose_names_differ_by_case_only_get_two_files()
    {
        var run = Compile.Run(new TypedGenerator(), $$"""
            namespace Shop
            {
                {{Attribute}} public partial class Order;
                {{Attribute.Replace("Intervals", "Name = \"other\", Intervals", StringComparison.Ordinal)}} public partial class ORDER;
                {{Attribute}} public partial class Clerk;
            }
            """).AssertClean();

        Assert.Equal(4, run.Outputs.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Shop.Clerk.g.cs", run.Outputs.Keys); // the hash is for clashes only
    }

    [Fact]
    public void A_series_inside_a_stream_may_be_called_Stream()
    {
        var run = Compile.Run(new TypedGenerator(), $"namespace Shop; [Typed.EventStream] public partial record Order(int N) {{ {Attribute} public partial class Stream; }}").AssertClean();

        Assert.Contains("Shop.Order-Stream.g.cs", run.Outputs.Keys);
        Assert.Contains("Shop.Order.Stream.g.cs", run.Outputs.Keys);
    }

    [Fact]
    public void A_new_clash_renames_both_and_redoes_nothing_else()
    {
        var caching = Caching.Start(new TypedGenerator(), $"namespace Shop; {Attribute} public partial class Order;", $"namespace Shop; {Attribute} public partial class Clerk;");
        var before = caching.Run.Outputs;

        var after = caching.Add($"namespace Shop; {Attribute} public partial class ORDER;").Run.Outputs;

        Assert.Equal(4, after.Count);
        Assert.Equal(before["Shop.Clerk.g.cs"], after["Shop.Clerk.g.cs"]);
        Assert.DoesNotContain("Shop.Order.g.cs", after.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("partial class Order;", "partial struct Order;", 0)] // being turned into the other: neither can be named
    [InlineData("partial class TypedModule;", "partial class Assembly;", 2)] // the names of the module
    [InlineData("partial class Shop { @ public partial class Order; }", "namespace Shop { @ partial class Order; }", 2)] // of two declarations one dot apart
    public void Declarations_that_cannot_stand_together_do_not_take_the_others_along(string one, string two, int emitted)
    {
        string Declared(string type) => type.Contains('@', StringComparison.Ordinal) ? type.Replace("@", Attribute, StringComparison.Ordinal) : Attribute + type;

        var run = Compile.Run(new TypedGenerator(), $"{Declared(one)} {Declared(two)} {Declared("partial class Clerk;")}");

        Assert.Contains("Clerk.g.cs", run.Outputs.Keys);
        Assert.Equal(emitted + 2, run.Outputs.Count); // with the module
    }
}

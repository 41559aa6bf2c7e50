using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>A declared type that two assemblies have, as a linked file gives it to both.</summary>
public class DeclaredTwiceRules
{
    private const string Order = "namespace Shop; [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [\"hour: 1h\"])] public partial class Order;";
    private const string Visit = "namespace Shop { public partial class Page { [Typed.EventStream] public partial record Visit(int N); } }";

    [Theory]
    [InlineData(Order, "Shop.Order")]
    [InlineData(Visit, "Shop.Page.Visit")]
    public async Task In_the_project_and_a_reference(string source, string name)
    {
        var reported = Assert.Single(await ReportAsync(source, Library("Stock", source)));

        Assert.Equal(name.Split('.')[^1], reported.Location.SourceTree!.GetText().ToString(reported.Location.SourceSpan));
        Assert.Equal(
            $"'{name}' is declared in Consumer and in Stock, as by a file that both compile, and a store cannot hold both: declare it in one assembly, and refer to that",
            reported.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task In_two_references()
    {
        var reported = Assert.Single(await ReportAsync("public class Empty;", Library("Stock", Order), Library("Sales", Order)));

        Assert.Equal(Location.None, reported.Location);
        Assert.StartsWith("'Shop.Order' is declared in ", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class Empty;")]
    [InlineData("namespace Shop; public class Order;")] // hides the declared one, and is none itself
    [InlineData("namespace Store; [Typed.TimeSeries(Type = Typed.SeriesType.Count, Name = \"other\", Intervals = [\"hour: 1h\"])] public partial class Order;")]
    public async Task Not_what_is_declared_once(string source) => Assert.Empty(await ReportAsync(source, Library("Stock", Order), Library("Sales", Visit)));

    private static GeneratorRun Library(string name, string source) => Compile.Run(new TypedGenerator(), CompileOptions.Default with { AssemblyName = name }, source);

    private static async Task<IEnumerable<Diagnostic>> ReportAsync(string source, params GeneratorRun[] libraries)
    {
        var run = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Libraries = libraries }, source).AssertOutputsClean();
        return (await Analyze.ReportAsync(Rule.Analyzers, run.Compilation)).Where(reported => reported.Id == "TYP1027");
    }
}

using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;
using Typed.Generator.Tests.Rules;
using static Typed.Generator.Tests.Consumers.Consumer;

namespace Typed.Generator.Tests.Consumers;

/// <summary>Code as it is while it is typed: the compiler complains of it, and not of what is emitted for it; nor does any rule.</summary>
public class UnfinishedTests
{
    [Theory]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public int { get; set; } }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public int ; }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public int Late { get")]
    [InlineData("@1 public partial record Order([Typed.SeriesKey] int , [Typed.SeriesKey] long ) { # }")]
    [InlineData("@1 public partial record Order([Typed.SeriesKey] , [Typed.SeriesTime] ) { # }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesTime] public DateTime { get; } }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public int A; [Typed.SeriesKey] public int A; }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public int A; public string A => \"\"; }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesKey] public int A { get; } public void A() { } }")]
    [InlineData("@1 public partial class Order { # [Typed.SeriesTime] public DateTime A { get; } public class A; }")]
    [InlineData("@1 public partial record Order([Typed.SeriesKey] int A, [Typed.SeriesKey] int A) { # }")]
    [InlineData("@2 public partial record Order([Typed.SeriesValue] int ) { # }")]
    [InlineData("@2 public partial class Order { # [Typed.SeriesValue] public int A; [Typed.SeriesValue] public int A; }")]
    public async Task A_member_without_a_name_of_its_own_leaves_the_others(string source)
    {
        var run = await CheckBrokenAsync(source.Replace("#", "[Typed.SeriesKey] public int Good { get; } public static object Use(Typed.TypedStore store) => In(store).Day.For(new Key(1));", StringComparison.Ordinal));

        Assert.Contains("Order.g.cs", run.Outputs.Keys);
        Assert.DoesNotContain(run.Problems, problem => problem.Id is "CS0103" or "CS1061"); // In and its members are there
    }

    [Theory]
    [InlineData("@1 public partial class { [Typed.SeriesKey] public int Id { get; } }")]
    [InlineData("@1 public partial class")]
    [InlineData("@1 partial")]
    [InlineData("namespace ; @1 public partial class Order { [Typed.SeriesKey] public int Id { get; } }")]
    [InlineData("namespace Shop. { @1 public partial class Order { [Typed.SeriesKey] public int Id { get; } } }")]
    [InlineData("public partial class { @1 public partial class Order { [Typed.SeriesKey] public int Id { get; } } }")]
    [InlineData("@1 public partial class Order { [Typed.SeriesKey] public int Id { get; } } @2 public partial record Order { [Typed.SeriesKey] public int Id { get; } [Typed.SeriesValue] public int Value { get; } }")]
    public async Task A_type_without_one_is_left_out(string source)
    {
        var run = await CheckBrokenAsync(source);

        Assert.Equal(["Assembly-TypedModule.g.cs", "Clerk.g.cs"], run.Outputs.Keys.Order(StringComparer.Ordinal));
    }

    private static async Task<GeneratorRun> CheckBrokenAsync(string source)
    {
        var run = Compile.Run(new TypedGenerator(), new CompileOptions { XmlDocs = true }, Declare("@1 public partial class Clerk;\n" + source)).AssertOutputsClean();

        Assert.Contains(run.Problems, problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Empty(await Analyze.ReportAsync(Rule.Analyzers, run.Compilation));
        return run;
    }
}

using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Modules;

/// <summary>The engines of references: the module registers them before itself.</summary>
public class EngineTests
{
    private const string Hint = "Assembly-TypedModule.g.cs";
    private const string Series = "[Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = [\"hour: 1h\"])] public partial class Sale;";

    private static readonly GeneratorRun s_library = Compile.Run(new TypedGenerator(), CompileOptions.Default with { AssemblyName = "Shop" }, $"namespace Shop; {Series}");

    [Fact]
    public void Are_registered_by_name_before_the_module() => Assert.Contains(
        """
                internal static void Initialize()
                {
                    global::Typed.Generated.EngineRegistry.Register<global::Paper.Engines.FastEngine>();
                    global::Typed.Generated.EngineRegistry.Register<global::Stone.SlowEngine>();
                    Register(Instance);
                }
        """,
        Run(Series, Engine("Stone", "Stone", "SlowEngine"), Engine("Paper", "Paper.Engines", "FastEngine")).Outputs[Hint],
        StringComparison.Ordinal);

    [Fact]
    public void Of_an_assembly_that_declares_nothing_are_registered_where_it_refers_to_a_module()
    {
        var module = Run("public class Program;", s_library, Engine("Paper", "Paper", "FastEngine")).Outputs[Hint];

        Assert.Contains("global::Shop.TypedModule.Instance", module, StringComparison.Ordinal);
        Assert.Contains("Register<global::Paper.FastEngine>();", module, StringComparison.Ordinal);
    }

    [Fact]
    public void Alone_make_no_module() => Assert.Empty(Run("public class Program;", Engine("Paper", "Paper", "FastEngine")).Outputs);

    [Fact]
    public void That_no_code_can_name_are_left_out()
    {
        var options = CompileOptions.Default with { Libraries = [Engine("Paper", "Paper", "FastEngine")], LibraryAliases = ["paper"] };

        Assert.DoesNotContain("EngineRegistry", Compile.Run(new TypedGenerator(), options, Series).AssertClean().Outputs[Hint], StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_elsewhere_keeps_the_module() => Caching
        .Start(new TypedGenerator(), CompileOptions.Default with { Libraries = [Engine("Paper", "Paper", "FastEngine")] }, Series, "public class Clerk { public int Age() => 1; }")
        .Edit("Age() => 1", "Age() => 2").ExpectNothingNew();

    [Fact]
    public void A_new_reference_to_one_changes_the_module()
    {
        var options = CompileOptions.Default;
        var compilation = Compile.Create(options, Series);
        var driver = Compile.Driver(new TypedGenerator(), options).RunGenerators(compilation);

        driver = driver.RunGenerators(compilation.AddReferences(Engine("Paper", "Paper", "FastEngine").ToReference()));

        var module = driver.GetRunResult().Results.Single().TrackedSteps[ModulePipeline.OutputStep].SelectMany(step => step.Outputs);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(module).Reason);
    }

    /// <summary>An assembly that announces an engine. What the runtime asks of one is not what the generator looks at.</summary>
    private static GeneratorRun Engine(string assembly, string ns, string name) => Compile.Run(
        new TypedGenerator(), CompileOptions.Default with { AssemblyName = assembly }, $"[assembly: Typed.TypedEngine(typeof({ns}.{name}))] namespace {ns} {{ public sealed class {name}; }}");

    private static GeneratorRun Run(string source, params GeneratorRun[] libraries) => Compile.Run(new TypedGenerator(), CompileOptions.Default with { Libraries = libraries }, source);
}

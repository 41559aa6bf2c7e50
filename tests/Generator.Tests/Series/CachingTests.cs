using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Typed.Generator.Tests.Series;

/// <summary>What an edit costs: nothing where no declaration changes, and one class where one does.</summary>
public class CachingTests
{
    private const string Orders = """
        namespace Shop;

        [Typed.TimeSeries(Type = Typed.SeriesType.Count, Intervals = ["minute: 1m keep 60"])]
        public partial class Order
        {
            [Typed.SeriesKey]
            public required string Region { get; init; }

            public int Rank() => 1;
        }
        """;

    private const string Latencies = """
        namespace Shop;

        [Typed.TimeSeries(Type = Typed.SeriesType.Histogram, Intervals = ["day: daily by 1h keep 90 in Europe/Paris"])]
        public partial record Latency([property: Typed.SeriesValue] double Milliseconds);
        """;

    private const string Other = "namespace Shop; public class Clerk { public int Age() => 1; }";

    [Fact]
    public void An_edit_that_touches_no_declaration_gives_nothing_new() => Start()
        .Edit("Age() => 1", "Age() => 2").ExpectNothingNew().Expect(ModulePipeline.ReferencesStep, Unchanged)
        .Edit("Rank() => 1", "Rank() => 2").ExpectNothingNew()
        .Edit("public int Rank", "// A comment.\n    public int Rank").ExpectNothingNew()
        .Edit("1m keep 60", "60s  keep 060").ExpectNothingNew() // says the same
        .Add("public class Another;").ExpectNothingNew()
        .Again().ExpectNothingNew();

    [Fact]
    public void An_edited_declaration_is_redone_alone() => Start()
        .Edit("keep 60", "keep 61")
        .Expect(TypedGenerator.SeriesModels, Modified, Cached)
        .Expect(TypedGenerator.SeriesFiles, Modified, Cached)
        .Expect(ModulePipeline.OutputStep, Cached)
        .ExpectOutputs(Modified, Cached, Cached);

    [Fact]
    public void A_new_declaration_and_a_renamed_one_change_the_module_too() => Start()
        .Add(Orders.Replace("class Order", "class Return", StringComparison.Ordinal))
        .Expect(TypedGenerator.SeriesFiles, Cached, Cached, New)
        .Expect(ModulePipeline.OutputStep, Modified)
        .Edit("class Return", "class Refund")
        .Expect(TypedGenerator.SeriesFiles, Cached, Cached, Modified)
        .Expect(ModulePipeline.OutputStep, Modified);

    [Fact]
    public void What_a_declaration_takes_from_another_file_redoes_it() => Caching.Start(
            new TypedGenerator(),
            Orders.Replace("\"minute: 1m keep 60\"", "Grids.Minute", StringComparison.Ordinal).Replace("class Order", "class Order : Base", StringComparison.Ordinal),
            "namespace Shop; public static class Grids { public const string Minute = \"minute: 1m\"; public static int M() => 1; }",
            "namespace Shop; public class Base { [Typed.SeriesKey] public required int Number { get; init; } }",
            Latencies)
        .Edit("M() => 1", "M() => 2").ExpectNothingNew()
        .Edit("minute: 1m", "minute: 1m keep 7").Expect(TypedGenerator.SeriesModels, Modified, Cached)
        .Edit("M() => 2", "M() => 3").ExpectNothingNew()
        .Edit("required int Number", "required long Number").Expect(TypedGenerator.SeriesModels, Modified, Cached)
        .Edit("required long Number", "required int Number").Expect(TypedGenerator.SeriesModels, Modified, Cached);

    [Fact]
    public void The_guards_can_fail()
    {
        var edited = Start().Edit("keep 60", "keep 61");
        Assert.ThrowsAny<Exception>(() => edited.ExpectNothingNew());
        Assert.ThrowsAny<Exception>(() => edited.ExpectOutputs(Cached, Cached, Cached));

        var untouched = Start().Edit("Age() => 1", "Age() => 2");
        Assert.ThrowsAny<Exception>(() => untouched.Expect(TypedGenerator.SeriesModels, Modified, Cached));
        Assert.ThrowsAny<Exception>(() => untouched.ExpectOutputs(Modified, Cached, Cached));
    }

    [Fact]
    public void What_the_steps_hand_on_is_plain_data()
    {
        var steps = Start().Run.Result.TrackedSteps;
        var values = new[] { TypedGenerator.SeriesModels, TypedGenerator.SeriesFiles, ModulePipeline.ReferencesStep, ModulePipeline.OutputStep }
            .SelectMany(name => steps[name]).SelectMany(step => step.Outputs).Select(output => output.Value.GetType()).ToArray();

        Assert.Contains(typeof(Model.Series.SeriesModel), values);
        Assert.Contains(typeof(Model.ModuleModel), values);
        Assert.Empty(ModelShape.Failures(values));
    }

    private static Caching Start()
    {
        var caching = Caching.Start(new TypedGenerator(), Orders, Latencies, Other);
        caching.Run.AssertClean();
        return caching;
    }
}

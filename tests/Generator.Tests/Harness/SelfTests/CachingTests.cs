using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Typed.Generator.Tests.Harness.SelfTests;

public class CachingTests
{
    private const string Source = "partial class RedToy { int x; } class Other { }";

    [Fact]
    public void An_edit_elsewhere_changes_nothing() => Caching.Start(new ToyGenerator(), Source)
        .Expect(ToyGenerator.Step, New).ExpectOutputs(New)
        .Edit("int x", "int y").Expect(ToyGenerator.Step, Unchanged).ExpectOutputs(Cached).ExpectNothingNew()
        .Add("class Another;").Expect(ToyGenerator.Step, Unchanged).ExpectNothingNew()
        .Again().ExpectNothingNew();

    [Fact]
    public void A_real_edit_runs_its_step() => Caching.Start(new ToyGenerator(), Source)
        .Edit("RedToy", "BlueToy").Expect(ToyGenerator.Step, Modified)
        .Add("partial class GreenToy;").Expect(ToyGenerator.Step, Unchanged, New)
        .Edit("GreenToy", "Green").Expect(ToyGenerator.Step, Unchanged, Removed);

    [Fact]
    public void A_model_that_holds_a_compilation_is_caught()
    {
        var caching = Caching.Start(new ToyGenerator(leaky: true), Source).Edit("int x", "int y");

        Assert.ThrowsAny<Exception>(() => caching.ExpectNothingNew());
        Assert.ThrowsAny<Exception>(() => caching.Expect(ToyGenerator.Step, Unchanged));
        Assert.ThrowsAny<Exception>(() => caching.ExpectOutputs(Cached));
    }

    [Fact]
    public void A_misspelt_step_or_edit_is_caught()
    {
        var caching = Caching.Start(new ToyGenerator(), Source);

        Assert.Contains("There are: Toys.", Assert.ThrowsAny<Exception>(() => caching.Expect("Toy")).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => caching.Edit("int z", "int y"));
    }
}

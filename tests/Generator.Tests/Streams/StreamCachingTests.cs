using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Streams;

public sealed class StreamCachingTests
{
    private static readonly string[] s_sources =
    [
        "[EventStream] public partial record A(int N, Inner In, Shape S);",
        "[EventStream] public partial record B(string S);",
        "public record Inner(int X);",
        "public class Unrelated { public int M() => 1; }",
        "[JsonDerivedType(typeof(Round), \"round\")] public class Shape; public class Round : Shape { public HashSet<char>? Signs { get; set; } [JsonConverter(typeof(JsonNumberEnumConverter<K>))] public K Kind { get; set; } } public enum K;",
    ];

    [Fact]
    public void An_unrelated_edit_gives_no_new_output()
    {
        var (model, output, files) = Edit(3, "public class Unrelated { public int M() => 2; }");
        Assert.All(model, step => Assert.True(step is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
        Assert.All(output, step => Assert.Equal(IncrementalStepRunReason.Cached, step));
        Assert.All(files, step => Assert.Equal(IncrementalStepRunReason.Cached, step));
    }

    [Theory]
    [InlineData(1, "[EventStream] public partial record B(string S, int T);")]
    [InlineData(1, "[EventStream(Retain = \"1d\")] public partial record B(string S);")]
    public void A_real_edit_redoes_its_class_only(int source, string text) => RedoesOne(source, text);

    [Fact]
    public void An_edit_of_a_nested_type_redoes_the_class_that_reaches_it() => RedoesOne(2, "public record Inner(int X, int Y);");

    [Fact]
    public void An_edit_of_a_class_that_may_stand_for_another_redoes_the_class_that_reaches_it() =>
        RedoesOne(4, "[JsonDerivedType(typeof(Round), \"r\")] public class Shape; public class Round : Shape;");

    [Fact]
    public void A_body_of_a_method_in_the_declared_class_gives_no_new_output()
    {
        var (_, output, files) = Edit(1, "[EventStream] public partial record B(string S) { public int M() => 3; }");
        Assert.All(output, step => Assert.Equal(IncrementalStepRunReason.Cached, step));
        Assert.All(files, step => Assert.Equal(IncrementalStepRunReason.Cached, step));
    }

    private static void RedoesOne(int source, string text)
    {
        var (model, output, files) = Edit(source, text);
        Assert.Single(model, step => step == IncrementalStepRunReason.Modified);
        Assert.Single(output, step => step == IncrementalStepRunReason.Modified);
        Assert.Single(files, step => step == IncrementalStepRunReason.Modified);
        Assert.Equal(3, files.Length); // two streams and the module
    }

    private static (IncrementalStepRunReason[] Model, IncrementalStepRunReason[] Output, IncrementalStepRunReason[] Files) Edit(int source, string text)
    {
        var trees = s_sources.Select((content, i) => StreamCompilation.Parse(content, $"Source{i}.cs")).ToArray();
        var compilation = StreamCompilation.Create(NullableContextOptions.Enable, trees);
        var driver = StreamCompilation.Driver().RunGenerators(compilation);
        var edited = compilation.ReplaceSyntaxTree(trees[source], trees[source].WithChangedText(StreamCompilation.Parse(text).GetText()));
        var result = driver.RunGenerators(edited).GetRunResult().Results.Single();
        return (Reasons(TypedGenerator.StreamModels), Reasons(TypedGenerator.StreamFiles), [.. result.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)]);

        IncrementalStepRunReason[] Reasons(string step) => [.. result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];
    }
}

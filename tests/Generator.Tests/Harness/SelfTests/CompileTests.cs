using Microsoft.CodeAnalysis;

namespace Typed.Generator.Tests.Harness.SelfTests;

public class CompileTests
{
    [Fact]
    public void Outputs_are_found_by_hint_and_run()
    {
        var run = Compile.Run(new ToyGenerator(), "public partial class RedToy { public static string Say() => Name; }").AssertClean();

        Assert.Contains("class RedToy", run.Outputs["RedToy.g.cs"], StringComparison.Ordinal);
        using var loaded = run.Load();
        Assert.Equal("RedToy", loaded.Call("RedToy", "Say"));
    }

    [Fact]
    public void A_library_is_referenced_and_loaded_along()
    {
        var library = Compile.Run(new ToyGenerator(), new CompileOptions { AssemblyName = "Library" }, "public partial class RedToy;");
        var run = Compile.Run(
            new ToyGenerator(), new CompileOptions { Libraries = [library] }, "public static class User { public static int Length() => RedToy.Name.Length; }");

        using var loaded = run.AssertClean().Load();

        Assert.Equal(6, loaded.Call("User", "Length"));
    }

    [Fact]
    public void A_warning_in_an_output_fails_the_run()
    {
        var run = Compile.Run(new ToyGenerator(), "public partial class SloppyToy;");

        Assert.Equal("CS8625", Assert.Single(run.OutputProblems).Id);
        Assert.ThrowsAny<Exception>(() => run.AssertOutputsClean());
    }

    [Fact]
    public void The_consumers_settings_count()
    {
        const string Source = "public partial class RedToy { public string Late; }";

        string[] Ids(CompileOptions options) => [.. Compile.Run(new ToyGenerator(), options, Source).Problems.Select(problem => $"{problem.Id} {problem.Severity}")];

        Assert.Equal(["CS8618 Warning"], Ids(new()));
        Assert.Empty(Ids(new() { Nullable = false }));
        Assert.Empty(Ids(new() { NoWarn = ["CS8618"] }));
        Assert.Equal(["CS8618 Error"], Ids(new() { WarningsAsErrors = true }));
        Assert.Equal(3, Ids(new() { XmlDocs = true, Nullable = false }).Count(id => id is "CS1591 Warning"));
        Assert.Equal(["CS1591"], Compile.Run(new ToyGenerator(), new CompileOptions { XmlDocs = true }, Source).OutputProblems.Select(problem => problem.Id));
    }

    [Fact]
    public void A_throwing_generator_fails_the_test() =>
        Assert.Throws<InvalidOperationException>(() => Compile.Run(new ToyGenerator(), "public partial class BrokenToy;"));

    [Fact]
    public void A_consumer_sees_the_runtime_and_not_the_generator()
    {
        var seen = References.All.Select(reference => Path.GetFileName(((PortableExecutableReference)reference).FilePath)).ToArray();

        Assert.Contains("Typed.dll", seen);
        Assert.Contains("Microsoft.EntityFrameworkCore.dll", seen);
        Assert.DoesNotContain("Typed.Generator.dll", seen);
        Assert.DoesNotContain("Microsoft.CodeAnalysis.dll", seen);
    }
}

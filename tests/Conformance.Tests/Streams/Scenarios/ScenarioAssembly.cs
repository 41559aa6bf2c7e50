extern alias generator;

using System.Runtime.Loader;
using Typed.Generator.Tests.Harness;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>The declared classes of all scenarios, compiled with the real generator into one assembly, once per test process.</summary>
internal static class ScenarioAssembly
{
    private static readonly Lazy<IStreamClasses> s_classes = new(Load);

    public static IStreamClasses Classes => s_classes.Value;

    private static IStreamClasses Load()
    {
        var options = new CompileOptions { AssemblyName = ScenarioSource.Namespace, Engines = true, WarningsAsErrors = true };
        var run = Compile.Run(new generator::Typed.Generator.TypedGenerator(), options, ScenarioSource.Write(Scenario.Declared)).AssertClean();

        // Into the tests' own context, and not a collectible one: it lives as long as they do.
        using var image = new MemoryStream();
        Assert.True(run.Compilation.Emit(image).Success);
        image.Position = 0;
        var assembly = AssemblyLoadContext.GetLoadContext(typeof(ScenarioAssembly).Assembly)!.LoadFromStream(image);
        return (IStreamClasses)Activator.CreateInstance(assembly.GetType($"{ScenarioSource.Namespace}.StreamClasses", throwOnError: true)!)!;
    }
}

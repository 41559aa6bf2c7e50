extern alias generator;

using System.Globalization;
using System.Runtime.Loader;
using Typed.Generator.Tests.Harness;

namespace Typed.Conformance.Tests.Series.Scenarios;

/// <summary>The declared classes of all replayed scenarios, compiled with the real generator into one assembly, once per test process.</summary>
internal static class ScenarioAssembly
{
    private static readonly Lazy<IScenarioClasses> s_classes = new(Load);

    /// <summary>The class of each declaration, named by its type and number.</summary>
    public static IReadOnlyDictionary<ScenarioDeclaration, string> Names { get; } = Scenario.Replayed
        .Select(scenario => scenario.Declaration)
        .Distinct()
        .Select((declaration, i) => (declaration, Name: string.Create(CultureInfo.InvariantCulture, $"{declaration.Type}{i + 1:D3}")))
        .ToDictionary(pair => pair.declaration, pair => pair.Name);

    public static IScenarioClasses Classes => s_classes.Value;

    private static IScenarioClasses Load()
    {
        var options = new CompileOptions { AssemblyName = "Typed.Scenarios", Engines = true, WarningsAsErrors = true };
        var run = Compile.Run(new generator::Typed.Generator.TypedGenerator(), options, ScenarioSource.Write(Names)).AssertClean();

        // Into the tests' own context, and not a collectible one: it lives as long as they do.
        using var image = new MemoryStream();
        Assert.True(run.Compilation.Emit(image).Success);
        image.Position = 0;
        var assembly = AssemblyLoadContext.GetLoadContext(typeof(ScenarioAssembly).Assembly)!.LoadFromStream(image);
        return (IScenarioClasses)Activator.CreateInstance(assembly.GetType($"{ScenarioSource.Namespace}.ScenarioClasses", throwOnError: true)!)!;
    }
}

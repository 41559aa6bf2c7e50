using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Analysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>Runs every analyzer there is, after the generator: what is not marked may not be reported, by none of them.</summary>
internal static class Rule
{
    private const string Usings = "using Typed; using static Typed.SeriesType;\n";

    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(SeriesAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Fails unless exactly the marked is reported; the source may have these compiler errors.</summary>
    public static Task<ImmutableArray<Diagnostic>> ExpectAsync(string marked, string? id = null, params string[] errors) =>
        Analyze.ExpectAsync(Analyzers, Usings + marked, id, new TypedGenerator(), CompileOptions.Default, errors);

    /// <summary>The same in a project with a schema file.</summary>
    public static Task<ImmutableArray<Diagnostic>> ExpectWithFileAsync(string marked, string file, string? id = null) => Analyze.ExpectAsync(
        Analyzers, Usings + marked, id, new TypedGenerator(), CompileOptions.Default with { Files = [new TextFile("/0/typed.schema.json", file)] });

    /// <summary>A class with that one interval or those several, as C# writes them.</summary>
    public static string Intervals(string list, string type = "Count") => $"[TimeSeries(Type = {type}, Intervals = {list})] public partial class Order {{ {(type == "Count" ? "" : "[SeriesValue] public int Amount { get; init; }")} }}";
}

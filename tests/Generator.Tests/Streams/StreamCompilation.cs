using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Analysis;

namespace Typed.Generator.Tests.Streams;

/// <summary>A consumer's compilation: with the generator, the analyzers, and every warning an error.</summary>
internal static class StreamCompilation
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Text.Json; using System.Text.Json.Serialization; using Typed;\n";

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> s_references =
        [.. Harness.References.All];

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new TypedGenerator().AsSourceGenerator()],
        parseOptions: s_parseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static SyntaxTree Parse(string source, string path = "Source.cs", bool usings = true) =>
        CSharpSyntaxTree.ParseText((usings ? Usings : string.Empty) + source, s_parseOptions, path, Encoding.UTF8);

    public static CSharpCompilation Create(NullableContextOptions nullable, params SyntaxTree[] trees) => CSharpCompilation.Create(
        "Consumer",
        trees,
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable, generalDiagnosticOption: ReportDiagnostic.Error));

    /// <summary>The files emitted for the source; what is wrong with the compilation after it, hidden remarks apart.</summary>
    public static (ImmutableArray<GeneratedSourceResult> Files, Diagnostic[] Problems) Run(CSharpCompilation compilation)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var reported);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(reported.Except(Reports(generated))); // it only repeats what the compiler may not come to ask for
        // The assembly's module has tests of its own.
        return ([.. result.GeneratedSources.Where(file => file.HintName != Emission.HintNames.Module)], [.. generated.GetDiagnostics().Where(problem => problem.Severity > DiagnosticSeverity.Info && problem.Id is not "CS1701" and not "CS1702")]);
    }

    /// <summary>What the rules say, as <c>TYP2006 V</c>: the id and the text that is underlined.</summary>
    public static string[] Rules(string source, DiagnosticSeverity atLeast = DiagnosticSeverity.Warning) =>
        [.. Reports(source, atLeast).Select(diagnostic => $"{diagnostic.Id} {diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan)}").Order(StringComparer.Ordinal)];

    /// <summary>The same in words.</summary>
    public static string[] Messages(string source, DiagnosticSeverity atLeast = DiagnosticSeverity.Warning) =>
        [.. Reports(source, atLeast).Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)];

    private static ImmutableArray<Diagnostic> Reports(Compilation generated)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new StreamDeclarationAnalyzer(), new StreamBodyAnalyzer(), new TableAnalyzer()];
        return generated.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
    }

    private static IEnumerable<Diagnostic> Reports(string source, DiagnosticSeverity atLeast)
    {
        var compilation = Create(NullableContextOptions.Enable, Parse(source));
        Driver().RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return Reports(generated).Where(diagnostic => diagnostic.Severity >= atLeast || diagnostic.DefaultSeverity >= atLeast);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Typed.Generator.Tests.Harness;

/// <summary>Roslyn's own test of analyzers and fixes, set up as the projects of consumers are: our references, their options, the generator first.</summary>
/// <param name="analyzers">What to run.</param>
/// <param name="generator">Runs first, where the source needs what it emits.</param>
/// <param name="options">The consumer's settings.</param>
internal sealed class ConsumerTest(IReadOnlyList<DiagnosticAnalyzer> analyzers, IIncrementalGenerator? generator, CompileOptions options)
    : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    // Without a package, so that none is asked for: what a consumer sees are the references of a compilation of ours.
    private static readonly ReferenceAssemblies s_noPackage = new("net10.0");

    private readonly SortedSet<string> _errors = new(StringComparer.Ordinal);
    private ImmutableArray<Diagnostic> _reported;

    /// <summary>The id that <c>[|</c> stands for; not needed where the analyzers have just one.</summary>
    public string? Id { get; init; }

    /// <summary>Ids of compiler errors that the source has, each of them.</summary>
    public IReadOnlyCollection<string> Errors { get; init; } = [];

    /// <summary>Mends what is reported.</summary>
    public CodeFixProvider? Provider { get; init; }

    /// <summary>Fails unless the source, and its fixed state if there is one, are as marked. Returns what is reported, in the order of the source.</summary>
    public async Task<ImmutableArray<Diagnostic>> RunAsync(string marked)
    {
        var plain = Compile.Create(options);
        ReferenceAssemblies = s_noPackage;
        MarkupOptions = MarkupOptions.UseFirstDescriptor;
        TestState.OutputKind = options.OutputKind;
        TestState.DocumentationMode = options.Parse.DocumentationMode;
        TestState.AdditionalFiles.AddRange(options.Files.Select(file => (file.Path, file.GetText())));
        TestState.Sources.Add(marked.ReplaceLineEndings("\n"));
        SolutionTransforms.Add((solution, project) => solution.WithProjectAssemblyName(project, options.AssemblyName).AddMetadataReferences(project, plain.References));
        await RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Errors.Order(StringComparer.Ordinal), _errors);
        return _reported;
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => analyzers;

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => Provider is null ? [] : [Provider];

    protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers)
    {
        var rules = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).ToArray();
        return Id is null && rules.Length > 1 ? null : rules.FirstOrDefault(rule => Id is null || rule.Id == Id);
    }

    protected override CompilationOptions CreateCompilationOptions() => options.Compilation;

    protected override ParseOptions CreateParseOptions() => options.Parse;

    protected override Task<Workspace> CreateWorkspaceImplAsync() => Task.FromResult<Workspace>(new AdhocWorkspace());

    protected override async Task<(Compilation compilation, ImmutableArray<Diagnostic> generatorDiagnostics)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken))!.AddSyntaxTrees(Compile.Create(options).SyntaxTrees); // its usings
        return (generator is null ? compilation : GeneratorRun.Of(Compile.Driver(generator, options), compilation, options).Compilation, []);
    }

    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics)
    {
        if (diagnostic.Severity != DiagnosticSeverity.Error)
        {
            return false;
        }

        var isAllowed = Errors.Contains(diagnostic.Id);
        if (isAllowed)
        {
            _errors.Add(diagnostic.Id);
        }

        return !isAllowed;
    }

    protected override ImmutableArray<(Project project, Diagnostic diagnostic)> SortDistinctDiagnostics(ImmutableArray<(Project project, Diagnostic diagnostic)> diagnostics)
    {
        var sorted = base.SortDistinctDiagnostics(diagnostics);
        if (_reported.IsDefault)
        {
            _reported = [.. sorted.Select(found => found.diagnostic)];
        }

        return sorted;
    }

    /// <summary>The first that has the id at hand.</summary>
    protected override Diagnostic? TrySelectDiagnosticToFix(ImmutableArray<Diagnostic> fixableDiagnostics) =>
        fixableDiagnostics.FirstOrDefault(diagnostic => diagnostic.Id == Id) ?? base.TrySelectDiagnosticToFix(fixableDiagnostics);

    /// <summary>A fix that offers several where none is chosen offers too many.</summary>
    protected override ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> codeActions)
    {
        Assert.True(codeActions.Length <= 1 || CodeActionEquivalenceKey is not null, "Several actions are offered, and the test chooses none.");
        return base.FilterCodeActions(codeActions);
    }
}

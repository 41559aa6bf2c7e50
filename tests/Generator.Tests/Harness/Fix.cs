using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Generator.Tests.Harness;

/// <summary>Applies a code fix to the first squiggle it can mend, or to all, and compares the file.</summary>
internal static class Fix
{
    /// <summary>Fails unless the fix turns the source into the expected one.</summary>
    /// <param name="analyzer">Reports what is to be mended.</param>
    /// <param name="provider">Mends it.</param>
    /// <param name="source">One file; marks are allowed and ignored.</param>
    /// <param name="expected">The file afterwards; it must compile.</param>
    /// <param name="title">The action to choose where the provider offers several; a fix that offers several unasked fails.</param>
    /// <param name="generator">Runs before and after, where the source needs what it emits.</param>
    /// <param name="options">The consumer's settings.</param>
    /// <param name="id">The rule whose first squiggle is mended, where the provider mends several.</param>
    public static async Task ExpectAsync(
        DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, string expected, string? title = null, IIncrementalGenerator? generator = null, CompileOptions? options = null, string? id = null)
    {
        using var workspace = new AdhocWorkspace();
        var (document, diagnostics) = await OpenAsync(workspace, analyzer, provider, source, generator, options);
        var mended = diagnostics.First(diagnostic => id is null || string.Equals(diagnostic.Id, id, StringComparison.Ordinal));
        var chosen = Assert.Single(await OfferedAsync(document, provider, mended), action => title is null || string.Equals(action.Title, title, StringComparison.Ordinal));
        await ExpectAsync(document, chosen, expected, generator, options);
    }

    /// <summary>Fails unless fixing all in the file, by the action that is offered for the first, gives the expected source, and one that compiles.</summary>
    public static async Task ExpectAllAsync(
        DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, string expected, IIncrementalGenerator? generator = null, CompileOptions? options = null)
    {
        using var workspace = new AdhocWorkspace();
        var (document, diagnostics) = await OpenAsync(workspace, analyzer, provider, source, generator, options);
        var first = Assert.Single(await OfferedAsync(document, provider, diagnostics[0]));
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, first.EquivalenceKey, diagnostics.Select(diagnostic => diagnostic.Id).Distinct(StringComparer.Ordinal), new Reported(diagnostics), CancellationToken.None);
        var all = await provider.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(all);
        await ExpectAsync(document, all, expected, generator, options);
    }

    /// <summary>Fails when the provider offers anything for what is reported.</summary>
    public static async Task ExpectNoneAsync(DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, IIncrementalGenerator? generator = null, CompileOptions? options = null)
    {
        using var workspace = new AdhocWorkspace();
        var (document, diagnostics) = await OpenAsync(workspace, analyzer, provider, source, generator, options);
        foreach (var diagnostic in diagnostics)
        {
            Assert.Empty(await OfferedAsync(document, provider, diagnostic));
        }
    }

    private static async Task<(Document Document, ImmutableArray<Diagnostic> Diagnostics)> OpenAsync(
        AdhocWorkspace workspace, DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, IIncrementalGenerator? generator, CompileOptions? options)
    {
        options ??= CompileOptions.Default;
        (source, _) = Markup.Parse(source, id: "");
        var compilation = Analyze.Consumer(source, generator, options);
        var reported = await Analyze.ReportAsync([analyzer], compilation);
        ImmutableArray<Diagnostic> fixable = [.. reported.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id, StringComparer.Ordinal))];
        Assert.True(fixable.Length > 0, "Nothing is reported that the provider can mend.");
        return (Load(workspace, compilation, options), fixable);
    }

    private static async Task<List<CodeAction>> OfferedAsync(Document document, CodeFixProvider provider, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task ExpectAsync(Document document, CodeAction action, string expected, IIncrementalGenerator? generator, CompileOptions? options)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var solution = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
        var text = await solution.GetDocument(document.Id)!.GetTextAsync();
        Assert.Equal(expected.ReplaceLineEndings("\n"), text.ToString().ReplaceLineEndings("\n"));
        var problems = Analyze.Consumer(expected, generator, options ?? CompileOptions.Default).GetDiagnostics();
        Assert.DoesNotContain(problems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    private static Document Load(AdhocWorkspace workspace, Compilation compilation, CompileOptions options)
    {
        var project = workspace.AddProject(options.AssemblyName, LanguageNames.CSharp)
            .WithCompilationOptions(options.Compilation)
            .WithParseOptions(options.Parse)
            .WithMetadataReferences(compilation.References);
        foreach (var tree in compilation.SyntaxTrees)
        {
            project = project.AddDocument(tree.FilePath, tree.GetText(), filePath: tree.FilePath).Project;
        }

        return project.Documents.First();
    }

    /// <summary>What was reported, whoever asks.</summary>
    private sealed class Reported(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}

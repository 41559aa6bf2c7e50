using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Generator.Tests.Harness;

/// <summary>Applies a code fix to the first squiggle it can mend and compares the file.</summary>
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
    public static async Task ExpectAsync(
        DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, string expected, string? title = null, IIncrementalGenerator? generator = null, CompileOptions? options = null)
    {
        options ??= CompileOptions.Default;
        (source, _) = Markup.Parse(source, id: "");
        var compilation = Analyze.Consumer(source, generator, options);
        var reported = await Analyze.ReportAsync([analyzer], compilation);
        var diagnostic = reported.FirstOrDefault(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id, StringComparer.Ordinal));
        Assert.True(diagnostic is not null, "Nothing is reported that the provider can mend.");

        using var workspace = new AdhocWorkspace();
        var document = Load(workspace, compilation, options);
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        var chosen = Assert.Single(actions, action => title is null || string.Equals(action.Title, title, StringComparison.Ordinal));

        var operations = await chosen.GetOperationsAsync(CancellationToken.None);
        var solution = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
        var text = await solution.GetDocument(document.Id)!.GetTextAsync();
        Assert.Equal(expected.ReplaceLineEndings("\n"), text.ToString().ReplaceLineEndings("\n"));
        Assert.Empty(Analyze.Consumer(expected, generator, options).GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error));
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
}

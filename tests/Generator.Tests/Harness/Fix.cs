using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Typed.Generator.Tests.Harness;

/// <summary>Applies a code fix to marked source and compares the file, which must compile, and in which nothing may be reported that is not marked.</summary>
internal static class Fix
{
    /// <summary>Fails unless the fix, applied once, or to all at once, turns the source into the expected one.</summary>
    /// <param name="analyzer">Reports what is to be mended.</param>
    /// <param name="provider">Mends it.</param>
    /// <param name="source">One file with <c>[|marks|]</c>.</param>
    /// <param name="expected">The file afterwards.</param>
    /// <param name="key">The key of the action to choose where the provider offers several; a fix that offers several unasked fails.</param>
    /// <param name="generator">Runs before and after, where the source needs what it emits.</param>
    /// <param name="id">The rule whose first squiggle is mended, and that <c>[|</c> stands for.</param>
    public static Task ExpectAsync(
        DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, string expected, string? key = null, IIncrementalGenerator? generator = null, string? id = null) =>
        RunAsync(analyzer, provider, source, expected, key, generator, id, steps: 1);

    /// <summary>Fails unless fixing one after the other, and all at once, gives the expected source.</summary>
    public static Task ExpectAllAsync(DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, string expected, IIncrementalGenerator? generator = null) =>
        RunAsync(analyzer, provider, source, expected, key: null, generator, id: null, steps: null);

    /// <summary>Fails when the provider offers anything for what is marked.</summary>
    public static Task ExpectNoneAsync(DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, IIncrementalGenerator? generator = null) =>
        RunAsync(analyzer, provider, source, source, key: null, generator, id: null, steps: 0);

    private static async Task RunAsync(
        DiagnosticAnalyzer analyzer, CodeFixProvider provider, string source, string expected, string? key, IIncrementalGenerator? generator, string? id, int? steps) =>
        await new ConsumerTest([analyzer], generator, CompileOptions.Default)
        {
            Id = id,
            Provider = provider,
            CodeActionEquivalenceKey = key,
            FixedCode = expected.ReplaceLineEndings("\n"),
            NumberOfIncrementalIterations = steps,
            // A container is reported when the declared type in it is looked at, which the library calls non-local.
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck | (steps is 1 ? CodeFixTestBehaviors.FixOne : CodeFixTestBehaviors.None),
        }.RunAsync(source);
}

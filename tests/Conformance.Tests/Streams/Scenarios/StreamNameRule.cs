extern alias generator;

using System.Collections.Immutable;
using generator::Typed.Generator.Analysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Tests.Harness;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>Names of streams are checked where they are declared: the analyzer's answer is the library's.</summary>
internal static class StreamNameRule
{
    public static async Task<bool> AcceptsAsync(string name)
    {
        var source = $"using Typed; namespace Named; {ScenarioSource.Attribute(name, retain: null)} public partial record Probe(int N);";
        var compilation = CSharpCompilation.Create("Named", [CSharpSyntaxTree.ParseText(source)], References.All);
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new StreamDeclarationAnalyzer()];
        var found = await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync();
        return found switch
        {
            [] => true,
            [{ Id: "TYP2003" }] => false,
            _ => throw new InvalidOperationException(string.Join('\n', found)),
        };
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports what is wrong with the schema file itself, in the file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SchemaFileAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SchemaRules.File, SchemaRules.SecondFile];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(Analyze);
    }

    private static void Analyze(AdditionalFileAnalysisContext context)
    {
        if (SchemaFiles.IsOne(context.AdditionalFile) && !SchemaFiles.IsToBeWritten(context.Options.AnalyzerConfigOptionsProvider))
        {
            var sink = new ProblemSink(context.ReportDiagnostic);
            SchemaFiles.Report(context.AdditionalFile, SchemaFiles.Find(context.Options.AdditionalFiles), sink, context.CancellationToken);
        }
    }
}

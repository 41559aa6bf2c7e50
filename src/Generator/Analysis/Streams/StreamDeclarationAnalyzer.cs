using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Json;

namespace Typed.Generator.Analysis.Streams;

/// <summary>What an <c>[EventStream]</c> itself says: the class, the name, the retention, the time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StreamDeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        StreamRules.NotPartial, StreamRules.NotInstantiable, StreamRules.Name, StreamRules.Retain, StreamRules.Time, StreamRules.EntryName, StreamRules.SeriesToo,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Attribute(StreamParser.Attribute) is not { } attribute)
        {
            return;
        }

        if (!StreamParser.IsPossible(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.NotInstantiable, type.Locations[0], type.Name, Kind(type)));
        }
        else if (!type.IsPartial())
        {
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.NotPartial, type.Locations[0], type.Name));
        }

        var name = StreamParser.Name(type, attribute);
        if (!StreamName.IsValid(name))
        {
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.Name, Place(context, attribute, "Name", type), name));
        }

        if (attribute.Argument<string>("Retain") is { } retain && !RetainText.TryParse(retain, out _))
        {
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.Retain, Place(context, attribute, "Retain", type), retain));
        }

        if (type.Has(StreamParser.SeriesAttribute))
        {
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.SeriesToo, type.Locations[0], type.Name));
        }

        AnalyzeTime(context, type);
        AnalyzeEntry(context, type);
    }

    private static void AnalyzeEntry(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        // What the generator itself has added under that name is no reason to avoid it.
        var entry = EmittedStreamNames.Of(type).Entry;
        if (entry is not EmittedStreamNames.Entry && EmittedStreamNames.FindTaken(type, EmittedStreamNames.Entry) is { } taken)
        {
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.EntryName, Places.Of(taken, type), type.Name, entry));
        }
    }

    private static void AnalyzeTime(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var first = true;
        foreach (var member in StreamParser.TimeMembers(type))
        {
            var reason = !first ? "another member already does"
                : StreamParser.Time(member) is null ? "it is not a DateTimeOffset or DateTime of each event"
                : null;
            if (reason is not null)
            {
                context.ReportDiagnostic(Diagnostic.Create(StreamRules.Time, Places.Of(member, type), member.Name, reason));
            }

            first = false;
        }
    }

    private static Location Place(SymbolAnalysisContext context, AttributeData attribute, string argument, INamedTypeSymbol type)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) as AttributeSyntax;
        return syntax?.ArgumentList?.Arguments.FirstOrDefault(given => string.Equals(given.NameEquals?.Name.Identifier.ValueText, argument, StringComparison.Ordinal))
            ?.Expression.GetLocation() ?? type.Locations[0];
    }

    private static string Kind(INamedTypeSymbol type) => ShellParser.Oddity(type) ?? (type.IsAbstract ? "abstract" : "of another kind");
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;
using Typed.Generator.Shapes.Series;
using Typed.Generator.Shapes.Streams;
using Typed.Schema.Json;
using Typed.Schema.Shapes;

namespace Typed.Generator.Analysis;

/// <summary>Reports where declared types differ from the schema file of the project: from what is stored.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SchemaAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        SchemaRules.Undeclared, SchemaRules.Required, SchemaRules.Removed, SchemaRules.NullRefused, SchemaRules.Narrowed, SchemaRules.OtherType,
        SchemaRules.EnumName, SchemaRules.Naming, SchemaRules.SeriesType, SchemaRules.SeriesValue, SchemaRules.SeriesKeys, SchemaRules.Interval,
        SchemaRules.IntervalGone, SchemaRules.NoClass, SchemaRules.NotInFile, SchemaRules.Untyped, SchemaRules.EnumNamesUnknown,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (SchemaFiles.IsToBeWritten(start.Options.AnalyzerConfigOptionsProvider))
            {
                return;
            }

            var text = SchemaFiles.FindOne(start.Options.AdditionalFiles);
            if (text is null || SchemaFiles.Read(text, start.CancellationToken) is not { File: { } file })
            {
                start.RegisterSymbolAction(AnalyzeWithoutFile, SymbolKind.NamedType);
                return;
            }

            var declared = new ConcurrentDictionary<SchemaOwner, bool>();
            start.RegisterSymbolAction(symbol => Analyze(symbol, file, declared), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ReportWithoutClass(end, file, declared));
        });
    }

    private static void AnalyzeWithoutFile(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Attribute(KnownNames.EventStream) is { } stream && SchemaClass.IsOne(stream))
        {
            SchemaClass.Find(new DeclaredSymbol(type, stream, new ProblemSink(context.ReportDiagnostic)), "", file: null);
        }
    }

    private static void Analyze(SymbolAnalysisContext context, SchemaFile file, ConcurrentDictionary<SchemaOwner, bool> declared)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Attribute(KnownNames.EventStream) is { } stream)
        {
            var symbol = new DeclaredSymbol(type, stream, ProblemSink.Silent);
            if (StreamDeclaration.Parse(symbol) is { } declaration && declared.TryAdd(new(true, declaration.Name), true))
            {
                CompareStream(context, symbol, declaration, file);
            }
        }
        else if (type.Attribute(KnownNames.TimeSeries) is { } series)
        {
            var symbol = new DeclaredSymbol(type, series, ProblemSink.Silent);
            if (SeriesParser.Parse(symbol) is { } model && declared.TryAdd(new(false, model.Table), true) && file.FindSeries(model.Table) is { } stored)
            {
                var now = SeriesShapes.Of(model);
                foreach (var difference in SchemaComparer.Compare(stored, now))
                {
                    var place = difference.Kind switch
                    {
                        DifferenceKind.SeriesType => SeriesPlaces.Type(symbol),
                        DifferenceKind.SeriesValue => SeriesPlaces.Value(symbol),
                        DifferenceKind.SeriesKeys or DifferenceKind.SeriesKeyOrder => SeriesPlaces.Keys(symbol, stored.Keys, now.Keys),
                        _ => SeriesPlaces.Interval(symbol, model, difference.Path),
                    };
                    Report(context.ReportDiagnostic, difference, new(place, null), type, naming: null);
                }
            }
        }
    }

    private static void CompareStream(SymbolAnalysisContext context, DeclaredSymbol symbol, StreamDeclaration declaration, SchemaFile file)
    {
        var isFromFile = SchemaClass.IsOne(symbol.Attribute);
        var found = isFromFile ? SchemaClass.Find(symbol with { Problems = new ProblemSink(context.ReportDiagnostic) }, declaration.Name, file)
            : file.FindStream(declaration.Name);
        if (found is not { } stored || StreamParser.Parse(context.Compilation, symbol) is not { } model)
        {
            return;
        }

        foreach (var (path, schema) in isFromFile && stored.Schema is { } text ? UntypedMembers.Find(JsonSchemaParser.Parse(text)) : [])
        {
            context.ReportDiagnostic(Diagnostic.Create(SchemaRules.Untyped, symbol.Place, path, SchemaWords.Of(schema), symbol.Type.Name));
        }

        foreach (var difference in SchemaComparer.Compare(stored, StreamShapes.Of(model)))
        {
            var place = difference.Kind == DifferenceKind.StreamNaming ? new(AttributeArguments.Location(symbol.Attribute, "Naming"), null)
                : MemberPlace.Find(context.Compilation, symbol, declaration.Naming, difference.Member);
            Report(context.ReportDiagnostic, difference, place, symbol.Type, declaration.Naming);
        }
    }

    private static void ReportWithoutClass(CompilationAnalysisContext context, SchemaFile file, ConcurrentDictionary<SchemaOwner, bool> declared)
    {
        var unknown = file.Streams.Select(stream => new SchemaOwner(true, stream.Name))
            .Concat(file.Series.Select(series => new SchemaOwner(false, series.Name)))
            .Where(owner => !declared.ContainsKey(owner));
        foreach (var (isStream, name) in unknown)
        {
            var kind = isStream ? DifferenceKind.StreamUndeclared : DifferenceKind.SeriesUndeclared;
            var difference = new SchemaDifference(kind, name, "", "", "") { IsOfStream = isStream };
            Report(context.ReportDiagnostic, difference, new(Location.None, null), declared: null, naming: null);
        }
    }

    private static void Report(Action<Diagnostic> report, SchemaDifference difference, MemberPlace place, INamedTypeSymbol? declared, string? naming)
    {
        if (RuleOf(difference.Kind) is not { } rule)
        {
            return;
        }

        var properties = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        properties[SchemaRules.Type] = declared?.MetadataFullName();
        properties[SchemaRules.NamingOfMembers] = naming;
        properties[SchemaRules.Container] = place.Container?.MetadataFullName();
        properties[SchemaRules.FormerName] = difference.FormerName;
        properties[SchemaRules.StoredName] = difference.Member.Last;
        properties[SchemaRules.StoredSchema] = difference.StoredSchema;
        new ProblemSink(report).Report(rule, place.Location, properties.ToImmutable(), difference, difference.WayOut);
    }

    private static DiagnosticDescriptor? RuleOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MemberUndeclared => SchemaRules.Undeclared,
        DifferenceKind.MemberRequired => SchemaRules.Required,
        DifferenceKind.MemberRemoved or DifferenceKind.MemberRenamed => SchemaRules.Removed,
        DifferenceKind.NullRefused => SchemaRules.NullRefused,
        DifferenceKind.NumberNarrowed => SchemaRules.Narrowed,
        DifferenceKind.TypeChanged => SchemaRules.OtherType,
        DifferenceKind.EnumNameUndeclared => SchemaRules.EnumName,
        DifferenceKind.EnumNamesUnknown => SchemaRules.EnumNamesUnknown,
        DifferenceKind.StreamNaming => SchemaRules.Naming,
        DifferenceKind.SeriesType => SchemaRules.SeriesType,
        DifferenceKind.SeriesValue => SchemaRules.SeriesValue,
        DifferenceKind.SeriesKeys or DifferenceKind.SeriesKeyOrder => SchemaRules.SeriesKeys,
        DifferenceKind.IntervalGrid => SchemaRules.Interval,
        DifferenceKind.IntervalUndeclared => SchemaRules.IntervalGone,
        DifferenceKind.StreamUndeclared or DifferenceKind.SeriesUndeclared => SchemaRules.NoClass,
        _ => null,
    };

    private sealed record SchemaOwner(bool IsStream, string Name);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Emission;
using Typed.Generator.Emission.Streams;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;
using Typed.Schema.Shapes;

namespace Typed.Generator;

/// <summary>
/// Classes that get their members from the schema file. The members are written first and read back with the class, by the walk that all classes take: so a
/// class may have members, constructors and attributes of its own beside them.
/// </summary>
internal static class SchemaClasses
{
    public const string ModelsStep = "SchemaStreamModels";
    public const string MembersStep = "SchemaMembers";

    /// <summary>Emits the members, and finds the models of the classes with them.</summary>
    /// <param name="context">The generator's.</param>
    /// <param name="entries">The entries of the file that were used.</param>
    public static IncrementalValuesProvider<StreamModel> Find(
        IncrementalGeneratorInitializationContext context, out IncrementalValuesProvider<StreamShape> entries)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.EventStream, static (node, _) => SchemaClass.MayBeOne(node), static (found, _) => found);
        var files = context.AdditionalTextsProvider.Where(SchemaFiles.IsOne).Collect();
        var parsed = found.Collect().Combine(files).SelectMany(static (input, cancellation) => Parse(input.Left, input.Right, cancellation));
        context.RegisterSourceOutput(parsed.SelectMany(static (one, _) => one.Problems), static (output, problem) => output.ReportDiagnostic(problem));
        DeclaredTypes.Emit(
            context, parsed.Where(static one => one.Members is not null).Select(static (one, _) => one.Members!), static members => members.Type,
            SchemaMemberEmitter.Emit, HintNames.SchemaMembers, MembersStep);
        entries = parsed.Where(static one => one is { Model: not null, Members: not null })
            .Select(static (one, _) => new StreamShape(one.Model!.Name, one.Model.Naming, one.Members!.Schema));
        return parsed.Where(static one => one.Model is not null).Select(static (one, _) => one.Model!).WithTrackingName(ModelsStep);
    }

    // One compilation with the members of all classes serves them all.
    private static IEnumerable<Parsed> Parse(
        ImmutableArray<GeneratorAttributeSyntaxContext> found, ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        if (found.IsEmpty)
        {
            return [];
        }

        List<Diagnostic> problems = [];
        var all = SchemaFiles.Find(files);
        foreach (var one in all)
        {
            SchemaFiles.Report(one, all, new ProblemSink(problems.Add), cancellation);
        }

        var file = all.Count == 0 ? null : SchemaFiles.Read(all[0], cancellation)?.File;
        var compilation = found[0].SemanticModel.Compilation;
        List<(GeneratorAttributeSyntaxContext Context, SchemaMembers? Members)> classes = [];
        foreach (var context in found)
        {
            if (DeclaredTypes.FindFirst(context, KnownNames.EventStream) is { } attribute && SchemaClass.IsOne(attribute))
            {
                var declared = new DeclaredSymbol((INamedTypeSymbol)context.TargetSymbol, attribute, new ProblemSink(problems.Add));
                classes.Add((context, SchemaClass.Parse(compilation, declared, file)));
            }
        }

        compilation = compilation.AddSyntaxTrees(classes.Where(one => one.Members is not null).Select(one =>
            CSharpSyntaxTree.ParseText(SchemaMemberEmitter.Emit(one.Members!), (CSharpParseOptions)one.Context.TargetNode.SyntaxTree.Options)));
        return
        [
            .. classes.Select(one => new Parsed(one.Members, Model(compilation, one.Context, problems), default)),
            new Parsed(null, null, problems.Distinct().ToEquatableArray()),
        ];
    }

    private static StreamModel? Model(Compilation compilation, GeneratorAttributeSyntaxContext context, List<Diagnostic> problems)
    {
        var node = context.TargetNode;
        if (compilation.GetSemanticModel(node.SyntaxTree).GetDeclaredSymbol(node) is not INamedTypeSymbol type
            || type.Attribute(KnownNames.EventStream) is not { } attribute)
        {
            return null;
        }

        List<Diagnostic> own = [];
        var model = StreamParser.Parse(compilation, new DeclaredSymbol(type, attribute, new ProblemSink(own.Add)));
        problems.AddRange(model is null ? own : []);
        return model;
    }

    private sealed record Parsed(SchemaMembers? Members, StreamModel? Model, EquatableArray<Diagnostic> Problems);
}

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
    /// <param name="surfaces">What tells edits that change no declaration.</param>
    /// <param name="entries">The entries of the file that were used.</param>
    public static IncrementalValuesProvider<StreamModel> Find(
        IncrementalGeneratorInitializationContext context, Surfaces surfaces, out IncrementalValuesProvider<StreamShape> entries)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.EventStream, static (node, _) => SchemaClass.MayBeOne(node), static (found, _) => found);
        var file = context.AdditionalTextsProvider.Where(SchemaFiles.IsOne).Collect()
            .Select(static (files, cancellation) => SchemaFiles.FindOne(files) is { } one ? SchemaFiles.Read(one, cancellation)?.File : null);
        var read = new Remembered<SchemaMembersFound>(static one => one.Problems.Count == 0);
        var classes = found.Combine(file).Select((one, _) => read.Get(
            one.Left.TargetNode, surfaces.Of(one.Left.SemanticModel.Compilation), one.Right, () => Read(one.Left, one.Right)));
        var members = classes.Where(static one => one.Members is not null).Select(static (one, _) => one.Members!);
        DeclaredTypes.Emit(context, members, static one => one.Type, SchemaMemberEmitter.Emit, HintNames.SchemaMembers, MembersStep);
        entries = members.Select(static (one, _) => new StreamShape(one.Name, one.Naming, one.Schema));

        var trees = members.Combine(context.ParseOptionsProvider)
            .Select(static (one, cancellation) =>
                CSharpSyntaxTree.ParseText(SchemaMemberEmitter.Emit(one.Left), (CSharpParseOptions)one.Right, cancellationToken: cancellation))
            .Collect().Select(static (all, _) => new MemberTrees(all));
        var readBack = new Remembered<ModelFound?>(static one => one is null || one.Problems.Count == 0);
        var models = found.Collect().Combine(trees).SelectMany((input, cancellation) => ReadBack(input.Left, input.Right, surfaces, readBack, cancellation));
        Report(context, classes.SelectMany(static (one, _) => one.Problems));
        Report(context, models.SelectMany(static (one, _) => one.Problems));
        ReportFile(context, classes.Collect());
        return models.Where(static one => one.Model is not null).Select(static (one, _) => one.Model!).WithTrackingName(ModelsStep);
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Diagnostic> problems) =>
        context.RegisterSourceOutput(problems, static (output, problem) => output.ReportDiagnostic(problem));

    // Where members are missing because the file is broken, the compiler may stop before it asks the analyzer that reports the file.
    private static void ReportFile(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ImmutableArray<SchemaMembersFound>> classes)
    {
        var files = context.AdditionalTextsProvider.Where(SchemaFiles.IsOne).Collect();
        var asked = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => SchemaFiles.IsToBeWritten(options));
        var used = classes.Select(static (all, _) => all.Any(one => one.IsOne)).Combine(asked).SelectMany(static (one, _) =>
            one.Left && !one.Right ? [true] : Array.Empty<bool>());
        Report(context, used.Combine(files).SelectMany(static (one, cancellation) =>
        {
            List<Diagnostic> problems = [];
            var all = SchemaFiles.Find(one.Right);
            foreach (var file in all)
            {
                SchemaFiles.Report(file, all, new ProblemSink(problems.Add), cancellation);
            }

            return problems;
        }));
    }

    /// <summary>The members that the file has for a class.</summary>
    private static SchemaMembersFound Read(GeneratorAttributeSyntaxContext context, SchemaFile? file)
    {
        if (DeclaredTypes.FindFirst(context, KnownNames.EventStream) is not { } attribute || !SchemaClass.IsOne(attribute))
        {
            return new(false, null, default);
        }

        List<Diagnostic> problems = [];
        var declared = new DeclaredSymbol((INamedTypeSymbol)context.TargetSymbol, attribute, new ProblemSink(problems.Add));
        return new(true, SchemaClass.Parse(context.SemanticModel.Compilation, declared, file), problems.ToEquatableArray());
    }

    // One compilation with the members of all classes serves them all.
    private static IEnumerable<ModelFound> ReadBack(
        ImmutableArray<GeneratorAttributeSyntaxContext> found, MemberTrees members, Surfaces surfaces, Remembered<ModelFound?> remembered,
        CancellationToken cancellation)
    {
        if (found.IsEmpty)
        {
            return [];
        }

        cancellation.ThrowIfCancellationRequested();
        var source = found[0].SemanticModel.Compilation;
        var surface = surfaces.Of(source);
        Compilation? whole = null;
        return [.. found.Select(one => remembered.Get(one.TargetNode, surface, members, () =>
            DeclaredTypes.FindFirst(one, KnownNames.EventStream) is { } attribute && SchemaClass.IsOne(attribute)
                ? ReadBack(whole ??= source.AddSyntaxTrees(members.All), one.TargetNode) : null)).OfType<ModelFound>()];
    }

    private static ModelFound ReadBack(Compilation compilation, SyntaxNode node)
    {
        List<Diagnostic> problems = [];
        var type = compilation.GetSemanticModel(node.SyntaxTree).GetDeclaredSymbol(node) as INamedTypeSymbol;
        var model = type?.Attribute(KnownNames.EventStream) is { } attribute
            ? StreamParser.Parse(compilation, new DeclaredSymbol(type, attribute, new ProblemSink(problems.Add))) : null;
        return new(model, model is null ? problems.ToEquatableArray() : default);
    }

    private sealed record SchemaMembersFound(bool IsOne, SchemaMembers? Members, EquatableArray<Diagnostic> Problems);

    /// <summary>The members of all classes, as one object: the same as long as none of them changes.</summary>
    private sealed class MemberTrees(ImmutableArray<SyntaxTree> all)
    {
        public ImmutableArray<SyntaxTree> All { get; } = all;
    }

    private sealed record ModelFound(StreamModel? Model, EquatableArray<Diagnostic> Problems);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Emission;
using Typed.Generator.Model;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator;

/// <summary>What the pipelines of series and streams share: from the types with an attribute to their models, and from a model to its file.</summary>
internal static class DeclaredTypes
{
    /// <summary>
    /// The models of the types with the attribute. A type that is too broken for one has none, and its API is missing, at which the compiler stops before it
    /// asks any analyzer: what is wrong with such a type is reported here too. The compiler shows equal diagnostics once.
    /// </summary>
    public static IncrementalValuesProvider<TModel> Find<TModel>(
        IncrementalGeneratorInitializationContext context, Surfaces surfaces, string attribute, Func<Compilation, DeclaredSymbol, TModel?> parse, string step)
        where TModel : class
    {
        var remembered = new Remembered<Found<TModel>>(static found => found.Problems.Count == 0);
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute, static (node, _) => node is TypeDeclarationSyntax, (found, cancellation) =>
                remembered.Get(found.TargetNode, surfaces.Of(found.SemanticModel.Compilation), null, () => Parse(found, attribute, parse, cancellation)));
        context.RegisterSourceOutput(found.SelectMany(static (type, _) => type.Problems), static (output, problem) => output.ReportDiagnostic(problem));
        return found.Where(static type => type.Model is not null).Select(static (type, _) => type.Model!).WithTrackingName(step);
    }

    /// <summary>Emits a file for each model.</summary>
    public static void Emit<TModel>(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<TModel> models,
        Func<TModel, DeclaredType> type, Func<TModel, SourceText> emit, string feature, string step)
        where TModel : class
    {
        var clashes = HintNames.Clashes(models.Select((model, _) => type(model)));
        context.RegisterSourceOutput(models.Combine(clashes).WithTrackingName(step), (output, item) =>
            output.AddSource(HintNames.For(type(item.Left), item.Right, feature), emit(item.Left)));
    }

    /// <summary>The attribute; null where the type has it on another part, which counts.</summary>
    public static AttributeData? FindFirst(GeneratorAttributeSyntaxContext context, string attribute) =>
        ((INamedTypeSymbol)context.TargetSymbol).Attribute(attribute) is { ApplicationSyntaxReference: { } place } first
        && place.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(place.Span) ? first : null;

    // An analyzer reports a second part with the attribute. Both may be in one file, where each part is given both attributes.
    private static Found<TModel> Parse<TModel>(
        GeneratorAttributeSyntaxContext context, string attribute, Func<Compilation, DeclaredSymbol, TModel?> parse, CancellationToken cancellation)
        where TModel : class
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        if (FindFirst(context, attribute) is not { } first || SchemaClass.IsOne(first))
        {
            return new(null, default);
        }

        var problems = new List<Diagnostic>();
        var model = parse(context.SemanticModel.Compilation, new DeclaredSymbol(type, first, new ProblemSink(problems.Add)));
        var isHidden = model is null || problems.Exists(problem => problem.Descriptor.CustomTags.Contains(Rule.BesideError, StringComparer.Ordinal));
        var isOurs = !context.TargetNode.ContainsDiagnostics && type.TypeKind is TypeKind.Class or TypeKind.Struct; // of other code the compiler speaks
        return new(model, isHidden && isOurs ? problems.ToEquatableArray() : default);
    }

    private sealed record Found<TModel>(TModel? Model, EquatableArray<Diagnostic> Problems)
        where TModel : class;
}

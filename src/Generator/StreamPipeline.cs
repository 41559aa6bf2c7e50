using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Emission.Json;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Json;

namespace Typed.Generator;

/// <summary>Event streams: attribute → model → one file per class.</summary>
internal static class StreamPipeline
{
    public const string ModelStep = "Typed.Streams.Model";

    public const string ClashStep = "Typed.Streams.Clashes";

    public const string OutputStep = "Typed.Streams.Output";

    public static void Register(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(StreamParser.Attribute, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        // Hints compare without case; only names that clash know of each other, so that all others stay cached.
        var clashes = models.Select(static (model, _) => model.Type.MetadataName).Collect()
            .Select(static (names, _) => names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
                .SelectMany(group => group).OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(ClashStep);
        var outputs = models.Combine(clashes)
            .Select(static (pair, _) => (Model: pair.Left, Hint: Hint(pair.Left.Type.MetadataName, pair.Right.Contains(pair.Left.Type.MetadataName, StringComparer.Ordinal))))
            .WithTrackingName(OutputStep);
        context.RegisterSourceOutput(outputs, static (output, item) => output.AddSource(item.Hint, StreamEmitter.Emit(item.Model)));
    }

    // A second partial declaration with the attribute is an error of its own; only the first one counts.
    private static StreamModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var attribute = context.Attributes[0];
        var type = (INamedTypeSymbol)context.TargetSymbol;
        return type.Attribute(StreamParser.Attribute)?.ApplicationSyntaxReference is { } first
            && first.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(first.Span)
                ? StreamParser.Parse(context.SemanticModel.Compilation, type, attribute)
                : null;
    }

    private static string Hint(string metadataName, bool clashes)
    {
        var hint = new StringBuilder(metadataName).Replace('`', '-').Replace('+', '.');
        if (clashes)
        {
            // FNV-1a: the same everywhere and always, unlike string.GetHashCode.
            var hash = metadataName.Aggregate(2166136261u, static (hash, unit) => unchecked((hash ^ unit) * 16777619u));
            hint.Append('.').Append(hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
        }

        return hint.Append(".Stream.g.cs").ToString();
    }
}

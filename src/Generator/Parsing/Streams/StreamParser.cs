using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>From a class with the attribute to the model of its stream.</summary>
internal static class StreamParser
{
    /// <summary>The model; null where nothing can be emitted for the class.</summary>
    public static StreamModel? Parse(Compilation compilation, DeclaredSymbol declared)
    {
        if (StreamDeclaration.Parse(declared) is not { } declaration)
        {
            return null;
        }

        var body = BodyParser.Parse(compilation, declared, declaration.Naming);
        return new StreamModel(
            DeclaredTypeParser.Parse(declared.Type, body.Used),
            declaration.Name,
            declaration.RetainTicks,
            declaration.Naming,
            declaration.Format,
            declaration.Follow,
            declaration.Time,
            body.Model,
            declaration.Names)
        {
            Feeds = FeedParser.Parse(declared with { Problems = ProblemSink.Silent }),
        };
    }
}

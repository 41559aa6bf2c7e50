using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Parsing.Json;

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

        var body = BodyParser.Parse(compilation, declared.Type, declaration.Naming);
        return new StreamModel(
            declared.Type.Declared(body.Used),
            declaration.Name,
            declaration.RetainTicks,
            declaration.Naming,
            declaration.Format,
            declaration.Follow,
            declaration.Time,
            body.Model,
            declaration.Names);
    }
}

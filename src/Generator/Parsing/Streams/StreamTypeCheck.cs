using Microsoft.CodeAnalysis;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Checks that a type can be a stream: that it can be declared at all, that members can be added to it, and that it is no series.</summary>
internal static class StreamTypeCheck
{
    private static readonly TypeRules s_rules = new(StreamRules.NotInstantiable, StreamRules.Generic, StreamRules.Inaccessible, StreamRules.Obsolete);

    /// <summary>What keeps instances of the type from being events, in words; null: nothing does.</summary>
    public static string? FindObstacle(INamedTypeSymbol type) =>
        DeclarableType.FindObstacle(type) ?? (type.IsAbstract && !UnionParser.IsUnion(type) ? "abstract"
            : type.TypeKind is TypeKind.Class or TypeKind.Struct ? null : "of another kind");

    /// <summary>Whether a stream can be emitted for the type; reports what is in the way.</summary>
    public static bool Check(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var obstacle = FindObstacle(type);
        var isPartial = Nesting.Containers(type).Prepend(type).All(part => part.IsPartial());
        if (!isPartial && obstacle is null)
        {
            declared.Report(StreamRules.NotPartial, declared.Place, type.Name);
        }

        var isSeries = type.Has(KnownNames.TimeSeries);
        if (isSeries)
        {
            declared.Report(StreamRules.SeriesToo, declared.Place, type.Name);
        }

        return DeclarableType.Check(declared, obstacle, s_rules) && isPartial && !isSeries;
    }
}

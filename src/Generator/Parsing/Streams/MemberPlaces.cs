using Microsoft.CodeAnalysis;
using Typed.Generator.Rules;
using Typed.Schema.Shapes;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Finds the member of a declared class that a path in JSON leads to.</summary>
internal static class MemberPlaces
{
    /// <summary>The place of the member; of a path that leads further than the class does, that of the last member on the way, or the class itself.</summary>
    public static Location? Find(Compilation compilation, DeclaredSymbol declared, string naming, MemberPath path) =>
        FindMember(compilation, declared, naming, path) is { } member ? declared.PlaceInSource(member) : declared.Place;

    private static ISymbol? FindMember(Compilation compilation, DeclaredSymbol declared, string naming, MemberPath path)
    {
        var body = new BodyTypes(compilation, declared with { Problems = ProblemSink.Silent }, naming);
        ISymbol? found = null;
        ITypeSymbol type = declared.Type;
        foreach (var segment in path.Segments)
        {
            while (ItemTypes.Find(type) is var (kind, item) && kind == Model.Streams.BodyKind.Nullable)
            {
                type = item;
            }

            if (ItemTypes.Find(type) is var (_, inner))
            {
                type = inner;
            }
            else if (segment is not (MemberPath.Elements or MemberPath.Values) && type is INamedTypeSymbol named
                && JsonMembers.Read(body, named).All.FirstOrDefault(member => member.Json == segment) is { IsIgnored: false } member)
            {
                found = member.Symbol;
                type = member.Type;
            }
            else
            {
                break;
            }
        }

        return found;
    }
}

using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;
using Typed.Schema.Shapes;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The member of a declared class that a path in JSON leads to.</summary>
/// <param name="Location">Its name; of a path that leads further than the class does, that of the last member on the way, or the class itself.</param>
/// <param name="Container">The type that has the last part of the path, or would have it.</param>
internal sealed record MemberPlace(Location? Location, INamedTypeSymbol? Container)
{
    public static MemberPlace Find(Compilation compilation, DeclaredSymbol declared, string naming, MemberPath path)
    {
        var body = new BodyTypes(compilation, declared with { Problems = ProblemSink.Silent }, naming);
        var (found, container, type) = ((ISymbol?)null, (INamedTypeSymbol?)null, (ITypeSymbol)declared.Type);
        foreach (var segment in path.Segments)
        {
            while (ItemTypes.Find(type) is (BodyKind.Nullable, var value))
            {
                type = value;
            }

            container = null;
            if (ItemTypes.Find(type) is (_, var item))
            {
                type = item;
                continue;
            }

            container = type as INamedTypeSymbol;
            if (segment is MemberPath.Elements or MemberPath.Values || container is null
                || JsonMembers.Read(body, container).All.FirstOrDefault(member => member.Json == segment) is not { IsIgnored: false } member)
            {
                break;
            }

            found = member.Symbol;
            type = member.Type;
        }

        return new(found is null ? declared.Place : declared.PlaceInSource(found), container);
    }
}

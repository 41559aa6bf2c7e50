using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Chooses the names of the members that are emitted into a stream: an event may well have a member <c>In</c> of its own.</summary>
internal static class StreamMemberNames
{
    public const string Entry = "In";

    private const string OtherEntry = "EventsIn";

    private const string Serializer = "TypedJson";

    private const string Schema = "JsonSchema";

    public static StreamNames Choose(INamedTypeSymbol type) => new(
        FindTaken(type, Entry) is null ? Entry : Free(type, OtherEntry),
        Free(type, Serializer),
        FindTaken(type, Schema) is null ? Schema : null);

    /// <summary>What has that name already: the class itself, or a member of its own or of a class above it.</summary>
    public static ISymbol? FindTaken(INamedTypeSymbol type, string name)
    {
        if (string.Equals(type.Name, name, StringComparison.Ordinal))
        {
            return type;
        }

        for (var level = type; level is not null; level = level.BaseType)
        {
            // Of an indexer only the metadata have the name, by [IndexerName].
            if (level.GetMembers(name).Concat(level.GetMembers("this[]").Where(indexer => indexer.MetadataName == name))
                .FirstOrDefault(member => !IsEmitted(member)) is { } taken)
            {
                return taken;
            }
        }

        return null;
    }

    // A stream that derives from another one hides what was emitted into that, whichever assembly it is in.
    private static bool IsEmitted(ISymbol member) => member.IsEmitted() || (!member.Locations.Any(place => place.IsInSource) && member switch
    {
        IMethodSymbol { IsStatic: true, Parameters.Length: > 0 } method => method.Parameters[0].Type.Name is "TypedStore" or "DbContext",
        IFieldSymbol { IsConst: true, Name: Schema } field => field.ContainingType.Has(KnownNames.EventStream),
        _ => member.DeclaredAccessibility == Accessibility.Private,
    });

    private static string Free(INamedTypeSymbol type, string name) => CSharp.Free(name, taken => FindTaken(type, taken) is not null);
}

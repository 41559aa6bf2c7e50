using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>The body's members as queries see them: what EF maps, and why not where it cannot.</summary>
internal static class ShapeEmitter
{
    private const string Factory = "global::Typed.Generated.BodyShapes.";

    public static void Write(SourceWriter writer, BodyModel model) =>
        writer.Line($"public static readonly global::Typed.Schema.BodyShape Shape = {Shape(model, 0, [])};").Line();

    private static string Shape(BodyModel model, int index, HashSet<int> open)
    {
        open.Add(index);
        var type = model.Types[index];

        // A member that is never written is not in the JSON; one that is never read is computed from the others.
        var members = type.Object!.Members
            .Where(member => member.Write != WriteWhen.Never && member.Read != ReadInto.Nothing)
            .Select(member => Member(model, member, open))
            .ToList();
        if (type.Object.Extension is { } extension)
        {
            members.Add($"{Factory}Unmapped({CSharp.Literal(extension.Name)}, \"\", typeof(object), \"it holds extension data\")");
        }

        open.Remove(index);
        return $"new(typeof({type.Name}), [{string.Join(", ", members)}])";
    }

    private static string Member(BodyModel model, BodyMember member, HashSet<int> open)
    {
        var type = model.Types[member.Type];
        var start = $"{CSharp.Literal(member.Name)}, {CSharp.Literal(member.Json)}, typeof({type.Name})";
        var nullable = CSharp.Literal(member.ReadsNull || type.Kind == BodyKind.Nullable);
        var inner = type.Kind == BodyKind.Nullable ? model.Types[type.Item] : type;
        var innerIndex = type.Kind == BodyKind.Nullable ? type.Item : member.Type;
        switch (inner.Kind)
        {
            case BodyKind.Scalar:
                return $"{Factory}Scalar({start}, {nullable})";
            case BodyKind.Enum:
                return $"{Factory}Enum({start}, {nullable}, Enum_{CSharp.Literal(innerIndex)})";
            case BodyKind.Object when open.Contains(innerIndex):
                return Unmapped(start, "its type is recursive");
            case BodyKind.Object when type.Kind == BodyKind.Nullable:
                return Unmapped(start, "it is a nullable struct");
            case BodyKind.Object:
                return $"{Factory}Object({start}, {nullable}, {Shape(model, innerIndex, open)})";
            case BodyKind.Map:
                return Unmapped(start, "it is a dictionary");
            case BodyKind.Element:
                return Unmapped(start, "it is a JsonElement");
            default:
                return List(model, inner, start, nullable, open);
        }
    }

    private static string List(BodyModel model, BodyType list, string start, string nullable, HashSet<int> open)
    {
        var item = model.Types[list.Item];
        return item.Kind switch
        {
            BodyKind.Scalar => $"{Factory}Scalars({start}, {nullable}, typeof({item.Name}))",
            BodyKind.Enum => $"{Factory}Enums({start}, {nullable}, Enum_{CSharp.Literal(list.Item)})",
            BodyKind.Object when open.Contains(list.Item) => Unmapped(start, "its type is recursive"),
            BodyKind.Object when list.Kind == BodyKind.List && !item.IsValueType => $"{Factory}Objects({start}, {nullable}, {Shape(model, list.Item, open)})",
            BodyKind.Object when list.Kind == BodyKind.List => Unmapped(start, "it is a list of structs"),
            BodyKind.Object => Unmapped(start, "its objects are not in a List<T>"),
            _ => Unmapped(start, "its elements are neither values nor objects"),
        };
    }

    private static string Unmapped(string start, string reason) => $"{Factory}Unmapped({start}, {CSharp.Literal(reason)})";
}

using Typed.Schema.Json;
using Typed.Schema.Shapes;

namespace Typed.Generator.Shapes.Streams;

/// <summary>The members of a schema for which there is no one type in C#.</summary>
internal static class UntypedMembers
{
    public static IEnumerable<(MemberPath Path, JsonSchema Schema)> Find(JsonSchema schema) => Find(schema, MemberPath.Body);

    private static IEnumerable<(MemberPath Path, JsonSchema Schema)> Find(JsonSchema schema, MemberPath path)
    {
        if (path.Segments.Count > 0 && MemberTypes.Of(schema, static _ => "") == MemberTypes.Anything)
        {
            return [(path, schema)];
        }

        var members = (schema.Properties ?? JsonSchema.NewProperties()).SelectMany(member => Find(member.Value.Schema, path.To(member.Key)));
        var items = schema.Items is { } item ? Find(item, path.To(MemberPath.Elements)) : [];
        return members.Concat(items).Concat(schema.Additional is { } values ? Find(values, path.To(MemberPath.Values)) : []);
    }
}

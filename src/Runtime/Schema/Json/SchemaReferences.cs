namespace Typed.Schema.Json;

/// <summary>Follows references within one schema.</summary>
internal static class SchemaReferences
{
    /// <summary>The schema that is meant, and whether the value there may be null.</summary>
    public static (JsonSchema Schema, bool MayBeNull) Resolve(JsonSchema root, JsonSchema schema)
    {
        var mayBeNull = (schema.Types & JsonTypes.Null) != JsonTypes.None;
        for (var steps = 0; schema.Reference is { } reference; steps++)
        {
            // A reference that leads nowhere, or round in a circle, says nothing.
            schema = (steps < 16 ? Find(root, reference) : null) ?? new JsonSchema { Anything = true };
        }

        return (schema, mayBeNull);
    }

    private static JsonSchema? Find(JsonSchema root, string pointer)
    {
        var schema = root;
        var parts = pointer.Split('/');
        if (parts[0] != "#")
        {
            return null;
        }

        for (var i = 1; i < parts.Length && schema is not null; i++)
        {
            schema = parts[i] switch
            {
                "items" => schema.Items,
                "additionalProperties" => schema.Additional,
                "properties" when i + 1 < parts.Length => FindMember(schema, parts[++i].Replace("~1", "/").Replace("~0", "~")),
                _ => null,
            };
        }

        return schema;
    }

    private static JsonSchema? FindMember(JsonSchema schema, string name) =>
        schema.Properties is { } members && members.TryGetValue(name, out var member) ? member.Schema : null;
}

namespace Typed.Schema.Json;

/// <summary>Reads JSON Schema, as far as it says what inference can see; other keywords are annotations and passed over.</summary>
internal static class JsonSchemaParser
{
    /// <summary>The schema of a text.</summary>
    /// <exception cref="JsonFaultException">The text is no JSON, or no schema.</exception>
    public static JsonSchema Parse(string text) => Parse(JsonTreeReader.Read(text));

    /// <summary>The schema that a value is.</summary>
    /// <exception cref="JsonFaultException">The value is no schema.</exception>
    public static JsonSchema Parse(JsonTree tree)
    {
        if (tree is { Kind: JsonTreeKind.Boolean, Text: "true" })
        {
            return new JsonSchema { Anything = true };
        }

        if (tree.Kind != JsonTreeKind.Object)
        {
            throw new JsonFaultException(tree.Start, "a schema is an object");
        }

        var schema = new JsonSchema
        {
            FormerNames = Texts(tree, JsonSchemaText.FormerNamesKeyword),
            Share = tree.Find(JsonSchemaText.ShareKeyword) is { } share ? Text(share, JsonSchemaText.ShareKeyword) : null,
        };
        if (tree.Find("$ref") is { } reference)
        {
            schema.Reference = Text(reference, "$ref");
            return schema;
        }

        if (tree.Find("anyOf") is { } choice)
        {
            var (former, seen) = (schema.FormerNames, schema.Share);
            schema = Choice(choice);
            (schema.FormerNames, schema.Share) = (former, seen);
            return schema;
        }

        schema.Types = Types(tree);
        schema.Format = tree.Find("format") is { } format ? Text(format, "format") : null;
        schema.Items = tree.Find("items") is { } items ? Parse(items) : null;
        ReadNames(schema, tree);
        ReadMembers(schema, tree);
        schema.Anything = schema is { Types: JsonTypes.None };
        return schema;
    }

    private static JsonSchema Choice(JsonTree choice)
    {
        JsonSchema? all = null;
        foreach (var one in Elements(choice, "anyOf").Select(Parse))
        {
            if (all is null)
            {
                all = one;
            }
            else
            {
                all.Absorb(one);
            }
        }

        return all ?? throw new JsonFaultException(choice.Start, "anyOf of nothing allows nothing");
    }

    private static JsonTypes Types(JsonTree tree)
    {
        if (tree.Find("type") is not { } type)
        {
            return tree.Find("properties") is null && tree.Find("additionalProperties") is null ? JsonTypes.None : JsonTypes.Object;
        }

        var types = JsonTypes.None;
        foreach (var word in type.Kind == JsonTreeKind.Text ? [type] : Elements(type, "type"))
        {
            var name = Text(word, "type");
            var known = Array.Find(JsonSchemaText.Names, one => string.Equals(one.Name, name, StringComparison.Ordinal)).Type;
            types |= known != JsonTypes.None ? known : throw new JsonFaultException(word.Start, $"\"{name}\" is no type of JSON Schema");
        }

        return (types & JsonTypes.Number) != JsonTypes.None ? types & ~JsonTypes.Integer : types;
    }

    private static void ReadNames(JsonSchema schema, JsonTree tree)
    {
        if (tree.Find("enum") is not { } names)
        {
            return;
        }

        var texts = Elements(names, "enum").Where(one => one.Kind != JsonTreeKind.Null).ToArray();
        if (texts.All(one => one.Kind == JsonTreeKind.Text))
        {
            schema.Names = new SortedSet<string>(texts.Select(one => one.Text), StringComparer.Ordinal);
            schema.Types = schema.Types == JsonTypes.None ? JsonTypes.String : schema.Types;
        }
    }

    private static void ReadMembers(JsonSchema schema, JsonTree tree)
    {
        if ((schema.Types & JsonTypes.Object) == JsonTypes.None)
        {
            return;
        }

        schema.Properties = JsonSchema.NewProperties();
        if (tree.Find("properties") is { } properties)
        {
            _ = properties.Kind == JsonTreeKind.Object ? 0 : throw new JsonFaultException(properties.Start, "\"properties\" is an object");
            foreach (var property in properties.Members)
            {
                schema.Set(property.Name, Parse(property.Value), required: false);
            }
        }

        foreach (var name in Texts(tree, "required") ?? [])
        {
            if (schema.Properties.TryGetValue(name, out var property))
            {
                property.Required = true;
            }
            else
            {
                schema.Set(name, new JsonSchema { Anything = true }, required: true);
            }
        }

        schema.Additional = tree.Find("additionalProperties") is { } additional and not { Kind: JsonTreeKind.Boolean, Text: "false" }
            ? Parse(additional) : null;
    }

    private static string[]? Texts(JsonTree tree, string keyword) =>
        tree.Find(keyword) is { } list ? [.. Elements(list, keyword).Select(one => Text(one, keyword))] : null;

    private static IReadOnlyList<JsonTree> Elements(JsonTree list, string keyword) =>
        list.Kind == JsonTreeKind.Array ? list.Items : throw new JsonFaultException(list.Start, $"\"{keyword}\" is a list");

    private static string Text(JsonTree tree, string keyword) =>
        tree.Kind == JsonTreeKind.Text ? tree.Text : throw new JsonFaultException(tree.Start, $"\"{keyword}\" has a text");
}

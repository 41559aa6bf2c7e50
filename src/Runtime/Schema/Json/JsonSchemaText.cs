using System.Text;

namespace Typed.Schema.Json;

/// <summary>The canonical text of a schema: one schema, one text, so that texts can be compared.</summary>
internal static class JsonSchemaText
{
    /// <summary>The keyword for the names that a member had before: an annotation, which validators pass over.</summary>
    public const string FormerNamesKeyword = "formerNames";

    /// <summary>The keyword for in how many of the stored objects a member stands: an annotation too.</summary>
    public const string ShareKeyword = "seen";

    private const string FormerNames = "\"" + FormerNamesKeyword + "\":";

    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Kinds in the order of the text, with their names in JSON Schema.</summary>
    public static readonly (JsonTypes Type, string Name)[] Names =
    [
        (JsonTypes.Null, "null"), (JsonTypes.Boolean, "boolean"), (JsonTypes.Integer, "integer"), (JsonTypes.Number, "number"),
        (JsonTypes.String, "string"), (JsonTypes.Array, "array"), (JsonTypes.Object, "object"),
    ];

    public static string Write(JsonSchema schema)
    {
        var text = new StringBuilder();
        text.Append("{\"$schema\":\"").Append(Dialect).Append('"');
        AppendMembers(text, schema, first: false);
        return text.Append('}').ToString();
    }

    /// <summary>The text without the line that says what it is, for places that hold nothing else.</summary>
    public static string WritePart(JsonSchema schema) => Append(new StringBuilder(), schema).ToString();

    private static StringBuilder Append(StringBuilder text, JsonSchema schema)
    {
        text.Append('{');
        AppendMembers(text, schema, first: true);
        return text.Append('}');
    }

    private static void AppendMembers(StringBuilder text, JsonSchema schema, bool first)
    {
        if (schema.FormerNames is { Count: > 0 } former)
        {
            AppendList(text.Append(first ? string.Empty : ",").Append(FormerNames), former);
            first = false;
        }

        if (schema.Share is { } share)
        {
            text.Append(first ? string.Empty : ",").Append('"').Append(ShareKeyword).Append("\":").AppendJsonString(share);
            first = false;
        }

        if (schema.Reference is not null)
        {
            AppendReference(text, schema, first);
            return;
        }

        if (schema.Types != JsonTypes.None)
        {
            text.Append(first ? "\"type\":" : ",\"type\":");
            AppendTypes(text, schema.Types);
        }

        if (schema.Format is not null)
        {
            text.Append(",\"format\":").AppendJsonString(schema.Format);
        }

        if (schema.Names is not null && (schema.Types & ~(JsonTypes.Null | JsonTypes.String)) == JsonTypes.None)
        {
            AppendNames(text.Append(",\"enum\":"), schema);
        }

        if (schema.Items is not null)
        {
            Append(text.Append(",\"items\":"), schema.Items);
        }

        if ((schema.Types & JsonTypes.Object) == JsonTypes.None)
        {
            return;
        }

        if (schema.Properties is not null)
        {
            AppendProperties(text, schema.Properties);
        }

        if (schema.Additional is not null)
        {
            Append(text.Append(",\"additionalProperties\":"), schema.Additional);
        }
    }

    // Text has no way to add "or null" to a reference other than a choice.
    private static void AppendReference(StringBuilder text, JsonSchema schema, bool first)
    {
        text.Append(first ? string.Empty : ",");
        var mayBeNull = (schema.Types & JsonTypes.Null) != JsonTypes.None;
        text.Append(mayBeNull ? "\"anyOf\":[{\"type\":\"null\"},{" : string.Empty);
        text.Append("\"$ref\":").AppendJsonString(schema.Reference!);
        text.Append(mayBeNull ? "}]" : string.Empty);
    }

    private static void AppendTypes(StringBuilder text, JsonTypes types)
    {
        var several = (types & (types - 1)) != JsonTypes.None;
        text.Append(several ? "[" : string.Empty);
        var separator = string.Empty;
        foreach (var (type, name) in Names)
        {
            if ((types & type) != JsonTypes.None)
            {
                text.Append(separator).Append('"').Append(name).Append('"');
                separator = ",";
            }
        }

        text.Append(several ? "]" : string.Empty);
    }

    private static void AppendProperties(StringBuilder text, SortedDictionary<string, JsonProperty> properties)
    {
        text.Append(",\"properties\":{");
        var separator = string.Empty;
        foreach (var property in properties)
        {
            Append(text.Append(separator).AppendJsonString(property.Key).Append(':'), property.Value.Schema);
            separator = ",";
        }

        AppendRequired(text.Append("},"), properties);
    }

    // What is no name in the list is no value at all, null included.
    private static void AppendNames(StringBuilder text, JsonSchema schema)
    {
        AppendList(text, schema.Names!);
        if ((schema.Types & JsonTypes.Null) != JsonTypes.None)
        {
            text.Length--;
            text.Append(schema.Names!.Count > 0 ? ",null]" : "null]");
        }
    }

    private static void AppendList(StringBuilder text, IEnumerable<string> names)
    {
        text.Append('[');
        var separator = string.Empty;
        foreach (var name in names)
        {
            text.Append(separator).AppendJsonString(name);
            separator = ",";
        }

        text.Append(']');
    }

    public static void AppendRequired(StringBuilder text, SortedDictionary<string, JsonProperty> properties)
    {
        text.Append("\"required\":[");
        var separator = string.Empty;
        foreach (var property in properties)
        {
            if (property.Value.Required)
            {
                text.Append(separator).AppendJsonString(property.Key);
                separator = ",";
            }
        }

        text.Append(']');
    }
}

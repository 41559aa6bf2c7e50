using System.Text;

namespace Typed.Schema.Json;

/// <summary>A schema in Kronos's own form, for its protocol: unlike kinds become <c>any</c>, and "may be null" is dropped.</summary>
internal static class KronosSchema
{
    public const string Dialect = "http://json-schema.org/draft-04/schema";

    /// <summary>The text of <paramref name="schema"/>; null, the schema of no events, gives the type null.</summary>
    public static string Write(JsonSchema? schema)
    {
        var text = new StringBuilder();
        text.Append("{\"$schema\":\"").Append(Dialect).Append("\",");
        AppendMembers(text, schema);
        return text.Append('}').ToString();
    }

    private static void AppendMembers(StringBuilder text, JsonSchema? schema)
    {
        var types = (schema?.Types ?? JsonTypes.None) & ~JsonTypes.Null;
        text.Append("\"type\":\"").Append(TypeName(schema, types)).Append('"');
        if (types == JsonTypes.Array)
        {
            AppendMembers(text.Append(",\"items\":{"), schema!.Items);
            text.Append('}');
        }
        else if (types == JsonTypes.Object)
        {
            AppendProperties(text, schema!.Properties ?? JsonSchema.NewProperties());
        }
    }

    private static string TypeName(JsonSchema? schema, JsonTypes types)
    {
        if ((types & (types - 1)) != JsonTypes.None || schema is { Anything: true } or { Reference: not null })
        {
            return "any";
        }

        return Array.Find(JsonSchemaText.Names, name => name.Type == types).Name ?? "null";
    }

    private static void AppendProperties(StringBuilder text, SortedDictionary<string, JsonProperty> properties)
    {
        text.Append(",\"properties\":{");
        var separator = string.Empty;
        foreach (var property in properties)
        {
            AppendMembers(text.Append(separator).AppendJsonString(property.Key).Append(":{"), property.Value.Schema);
            text.Append('}');
            separator = ",";
        }

        JsonSchemaText.AppendRequired(text.Append("},"), properties);
    }
}

using Typed.Schema.Json;

namespace Typed.Schema.Shapes;

/// <summary>What values a schema allows, in words: <c>integer or null</c>, <c>list of string</c>.</summary>
internal static class SchemaWords
{
    public static string Of(JsonSchema schema)
    {
        if (schema.Anything)
        {
            return "anything";
        }

        List<string> words = [];
        foreach (var (type, name) in JsonSchemaText.Names)
        {
            if (type != JsonTypes.Null && (schema.Types & type) != JsonTypes.None)
            {
                words.Add(type switch
                {
                    JsonTypes.Array when schema.Items is { } items => "list of " + Inner(items),
                    JsonTypes.Array => "list",
                    JsonTypes.String when schema.Format is { } format => $"{name} ({format})",
                    JsonTypes.Object when schema is { Additional: { } values, Properties: null or { Count: 0 } } => "dictionary of " + Inner(values),
                    _ => name,
                });
            }
        }

        if (schema.Reference is { } reference)
        {
            words.Add(reference == "#" ? "the event itself" : "object as at " + reference);
        }

        if ((schema.Types & JsonTypes.Null) != JsonTypes.None)
        {
            words.Add("null");
        }

        return string.Join(" or ", words);
    }

    private static string Inner(JsonSchema schema) => Of(schema) is var words && words.Contains(" or ") ? $"({words})" : words;
}

using System.Globalization;
using Typed.Schema.Json;

namespace Typed.Cli.Schemas;

/// <summary>Says of each optional member in how many of the stored objects it stands, rounded so that a few more events change nothing.</summary>
internal static class MemberShares
{
    public static void Note(JsonSchema schema)
    {
        foreach (var member in schema.Properties?.Values ?? Enumerable.Empty<JsonProperty>())
        {
            member.Schema.Share = member.Required ? null : Text(member.Seen, schema.Objects);
            Note(member.Schema);
        }

        foreach (var part in new[] { schema.Items, schema.Additional }.OfType<JsonSchema>())
        {
            Note(part);
        }
    }

    private static string Text(long seen, long objects)
    {
        var percent = seen * 100 / objects;
        return percent == 0 ? "under 1 %" : string.Create(CultureInfo.InvariantCulture, $"{percent} %");
    }
}

using System.Text;
using Typed.Schema.Json;

namespace Typed.Generator.Shapes.Streams;

/// <summary>Names of JSON members as C# has them.</summary>
internal static class MemberNames
{
    /// <summary><c>page_url</c>, <c>page-url</c> and <c>pageUrl</c> become <c>PageUrl</c>; null: nothing of the name can stand in C#.</summary>
    public static string? Of(string json)
    {
        var name = new StringBuilder(json.Length);
        var starts = true;
        foreach (var unit in json)
        {
            if (!char.IsLetterOrDigit(unit))
            {
                starts = true;
                continue;
            }

            name.Append(name.Length == 0 && char.IsDigit(unit) ? "_" : "").Append(starts ? char.ToUpperInvariant(unit) : unit);
            starts = false;
        }

        return name.Length == 0 ? null : name.ToString();
    }

    /// <summary>The name in JSON of a member with that name in C#, under a naming.</summary>
    public static string ToJson(string name, string naming) => naming switch
    {
        "SnakeCaseLower" => JsonNames.Snake(name),
        "KebabCaseLower" => JsonNames.Kebab(name),
        "AsDeclared" => name,
        _ => JsonNames.Camel(name),
    };
}

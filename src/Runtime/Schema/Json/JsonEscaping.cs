using System.Text;

namespace Typed.Schema.Json;

/// <summary>JSON strings, escaped exactly as <c>Utf8JsonWriter</c> does by default, for places that cannot have it.</summary>
internal static class JsonEscaping
{
    private const string Hexadecimal = "0123456789ABCDEF";

    public static StringBuilder AppendJsonString(this StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            AppendUnit(text, unit);
        }

        return text.Append('"');
    }

    private static void AppendUnit(StringBuilder text, char unit)
    {
        var brief = unit switch { '\b' => 'b', '\t' => 't', '\n' => 'n', '\f' => 'f', '\r' => 'r', '\\' => '\\', _ => '\0' };
        if (brief != '\0')
        {
            text.Append('\\').Append(brief);
        }
        else if (unit is < ' ' or > '~' or '"' or '&' or '\'' or '+' or '<' or '>' or '`')
        {
            text.Append("\\u").Append(Hexadecimal[unit >> 12]).Append(Hexadecimal[(unit >> 8) & 15])
                .Append(Hexadecimal[(unit >> 4) & 15]).Append(Hexadecimal[unit & 15]);
        }
        else
        {
            text.Append(unit);
        }
    }
}

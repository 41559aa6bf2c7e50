using System.Globalization;
using System.Text;

namespace Typed.Streams;

/// <summary>A path into a body as text: <c>$.list[1].name</c>, <c>$.map['a.b']</c>.</summary>
internal static class PathText
{
    /// <summary>The path as text.</summary>
    /// <param name="segments">JSON names (<see cref="string"/>) and indexes (<see cref="int"/>).</param>
    public static string Format(IEnumerable<object> segments)
    {
        var text = new StringBuilder("$");
        foreach (var segment in segments)
        {
            if (segment is int index)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                Append(text, (string)segment);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name)
    {
        if (name.Length > 0 && name.All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '-'))
        {
            text.Append('.').Append(name);
            return;
        }

        // Keys of a dictionary may hold any text, even half a surrogate pair.
        text.Append("['");
        foreach (var unit in name)
        {
            _ = unit is '\'' or '\\' ? text.Append('\\').Append(unit)
                : char.IsControl(unit) || char.IsSurrogate(unit) ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}")
                : text.Append(unit);
        }

        text.Append("']");
    }
}

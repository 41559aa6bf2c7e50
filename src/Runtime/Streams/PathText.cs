using System.Globalization;
using System.Text;

namespace Typed.Streams;

/// <summary>A path into a body as text: <c>$.list[1].name</c>.</summary>
internal static class PathText
{
    /// <summary>The path as text.</summary>
    /// <param name="segments">JSON names (<see cref="string"/>) and indexes (<see cref="int"/>).</param>
    public static string Of(IEnumerable<object> segments)
    {
        var text = new StringBuilder("$");
        foreach (var segment in segments)
        {
            _ = segment is int index ? text.Append(CultureInfo.InvariantCulture, $"[{index}]") : text.Append('.').Append(segment);
        }

        return text.ToString();
    }
}

using System.Text;

namespace Typed.Schema.Shapes;

/// <summary>The way from the body of an event to a member: <c>browser.version</c>, <c>tags[].name</c>, <c>prices.*</c>, <c>names['a.b']</c>.</summary>
internal sealed class MemberPath
{
    /// <summary>In place of a name: the elements of a list.</summary>
    public const string Elements = "[]";

    /// <summary>In place of a name: the values of a dictionary, or members without a name of their own.</summary>
    public const string Values = "*";

    private MemberPath(IReadOnlyList<string> segments) => Segments = segments;

    public static MemberPath Body { get; } = new([]);

    /// <summary>Names of members in JSON, <see cref="Elements"/> and <see cref="Values"/>.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>The path one step further.</summary>
    public MemberPath To(string segment) => new([.. Segments, segment]);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            if (segment is Elements)
            {
                text.Append(Elements);
            }
            else if (segment is Values || (segment.Length > 0 && segment.All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '-')))
            {
                text.Append(text.Length == 0 ? "" : ".").Append(segment);
            }
            else
            {
                text.Append("['").Append(segment.Replace("\\", "\\\\").Replace("'", "\\'")).Append("']");
            }
        }

        return text.ToString();
    }
}

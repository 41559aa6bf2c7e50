using System.Text;

namespace Typed.Schema.Json;

/// <summary>JSON over lines: each member and each element on one of its own, but the kinds of one value, which are one fact.</summary>
internal static class JsonLines
{
    /// <summary>The text, with a line's end behind it.</summary>
    public static string Write(JsonTree tree)
    {
        var text = new StringBuilder();
        Append(text, tree, 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonTree tree, int depth)
    {
        switch (tree.Kind)
        {
            case JsonTreeKind.Object when tree.Members.Count == 0:
                text.Append("{}");
                break;
            case JsonTreeKind.Object:
                AppendMembers(text, tree, depth);
                break;
            case JsonTreeKind.Array when tree.Items.Count == 0:
                text.Append("[]");
                break;
            case JsonTreeKind.Array:
                AppendItems(text, tree, depth);
                break;
            case JsonTreeKind.Text:
                text.AppendJsonString(tree.Text);
                break;
            default:
                text.Append(tree.Text);
                break;
        }
    }

    private static void AppendMembers(StringBuilder text, JsonTree tree, int depth)
    {
        var separator = "{";
        foreach (var member in tree.Members)
        {
            NewLine(text.Append(separator), depth + 1).AppendJsonString(member.Name).Append(": ");
            if (member is { Name: "type", Value.Kind: JsonTreeKind.Array })
            {
                AppendInline(text, member.Value);
            }
            else
            {
                Append(text, member.Value, depth + 1);
            }

            separator = ",";
        }

        NewLine(text, depth).Append('}');
    }

    private static void AppendItems(StringBuilder text, JsonTree tree, int depth)
    {
        var separator = "[";
        foreach (var item in tree.Items)
        {
            Append(NewLine(text.Append(separator), depth + 1), item, depth + 1);
            separator = ",";
        }

        NewLine(text, depth).Append(']');
    }

    private static void AppendInline(StringBuilder text, JsonTree list)
    {
        var separator = "[";
        foreach (var item in list.Items)
        {
            Append(text.Append(separator), item, 0);
            separator = ", ";
        }

        text.Append(']');
    }

    private static StringBuilder NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth * 2);
}

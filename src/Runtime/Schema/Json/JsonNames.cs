using System.Globalization;
using System.Text;

namespace Typed.Schema.Json;

/// <summary>Member names under the naming policies, exactly as <c>System.Text.Json</c> makes them.</summary>
internal static class JsonNames
{
    /// <summary><c>UserName</c> becomes <c>userName</c>, <c>URLValue</c> becomes <c>urlValue</c>.</summary>
    public static string Camel(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
        {
            return name;
        }

        var units = name.ToCharArray();
        for (var i = 0; i < units.Length && (i != 1 || char.IsUpper(units[1])); i++)
        {
            // The last capital of a run begins the next word, unless a space follows it.
            if (i > 0 && i + 1 < units.Length && !char.IsUpper(units[i + 1]))
            {
                units[i] = units[i + 1] == ' ' ? char.ToLowerInvariant(units[i]) : units[i];
                break;
            }

            units[i] = char.ToLowerInvariant(units[i]);
        }

        return new string(units);
    }

    /// <summary><c>XMLHttpRequest</c> becomes <c>xml_http_request</c>.</summary>
    public static string Snake(string name) => Separated(name, '_');

    /// <summary><c>XMLHttpRequest</c> becomes <c>xml-http-request</c>.</summary>
    public static string Kebab(string name) => Separated(name, '-');

    private enum Before
    {
        Nothing,
        Capital,
        SmallOrDigit,
        Space,
    }

    private static string Separated(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 8);
        var before = Before.Nothing;
        for (var i = 0; i < name.Length; i++)
        {
            var unit = name[i];
            switch (CharUnicodeInfo.GetUnicodeCategory(unit))
            {
                case UnicodeCategory.UppercaseLetter:
                    var lastOfRun = before == Before.Capital && i + 1 < name.Length && char.IsLower(name[i + 1]);
                    text.Append(lastOfRun || before is Before.SmallOrDigit or Before.Space ? separator.ToString() : string.Empty);
                    text.Append(char.ToLowerInvariant(unit));
                    before = Before.Capital;
                    break;
                case UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber:
                    text.Append(before == Before.Space ? separator.ToString() : string.Empty).Append(unit);
                    before = Before.SmallOrDigit;
                    break;
                case UnicodeCategory.SpaceSeparator:
                    // Any number of spaces is one separator, and none at the start.
                    before = before == Before.Nothing ? Before.Nothing : Before.Space;
                    break;
                default:
                    text.Append(unit);
                    before = Before.Nothing;
                    break;
            }
        }

        return text.ToString();
    }
}

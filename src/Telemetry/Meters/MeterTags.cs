using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Typed.Telemetry.Recording;

namespace Typed;

/// <summary>Tags of measurements as one text, which is a member of the keys of meters.</summary>
public static class MeterTags
{
    /// <summary>The text of no tags.</summary>
    public const string None = "{}";

    /// <summary>What counts beyond the number of sets of tags that an instrument may have; as OpenTelemetry calls it.</summary>
    public const string Overflow = """{"otel.metric.overflow":true}""";

    private const int MostBytes = 256;
    private const int MostBytesOfValue = 128;

    // Room for the member that says that others are missing.
    private const int RoomForCut = 26;

    /// <summary>
    /// The tags as a JSON object, in order of their names: numbers and truth values as they are, all others as text. What takes over 256 bytes of UTF-8 is
    /// left out, and a member <c>typed.cut</c> tells such sets apart; values are cut to 128 bytes. Tags without a value are left out.
    /// </summary>
    /// <param name="tags">The tags, in any order; of two with one name the last counts.</param>
    public static string Text(params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        var pairs = new KeyValuePair<string, object?>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            pairs[i] = new(tags[i].Name, tags[i].Value);
        }

        return TextOf(pairs);
    }

    internal static string TextOf(KeyValuePair<string, object?>[] tags)
    {
        var sorted = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (value is not null)
            {
                sorted[name] = value;
            }
        }

        if (sorted.Count == 0)
        {
            return None;
        }

        var text = new StringBuilder("{");
        var bytes = 2;
        var hash = 2_166_136_261u;
        var isCut = false;
        foreach (var (name, value) in sorted)
        {
            var member = $"{JsonText(name)}:{ValueText(value)}";
            foreach (var c in member)
            {
                hash = (hash ^ c) * 16_777_619;
            }

            var more = Encoding.UTF8.GetByteCount(member) + 1;
            isCut |= bytes + more > MostBytes - RoomForCut;
            if (!isCut)
            {
                text.Append(text.Length > 1 ? "," : "").Append(member);
                bytes += more;
            }
        }

        if (isCut)
        {
            text.Append(text.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $"\"typed.cut\":\"{hash:x8}\"");
        }

        return text.Append('}').ToString();
    }

    private static string ValueText(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal =>
            ((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
        float number when float.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
        string text => JsonText(text),
        Array array => JsonText(string.Join(',', array.Cast<object?>())),
        IFormattable formattable => JsonText(formattable.ToString(format: null, CultureInfo.InvariantCulture)),
        _ => JsonText(value.ToString() ?? ""),
    };

    private static string JsonText(string text) =>
        $"\"{JsonEncodedText.Encode(BoundedText.Of(text, MostBytesOfValue), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}

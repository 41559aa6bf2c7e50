using System.Text;

namespace Typed.Telemetry.Recording;

/// <summary>Text that anybody gave, made into one that can be stored.</summary>
internal static class BoundedText
{
    private const char Cut = '…';
    private const int BytesOfCut = 3;

    /// <summary>The text, cut to so many bytes of UTF-8, without U+0000 and lone surrogates, for which U+FFFD stands.</summary>
    public static string Of(string text, int mostBytes)
    {
        if (text.Length * 3 <= mostBytes && IsPlain(text))
        {
            return text;
        }

        var bytes = 0;
        var room = mostBytes - BytesOfCut;
        var builder = new StringBuilder(Math.Min(text.Length, mostBytes));
        var end = 0;
        foreach (var found in text.EnumerateRunes())
        {
            var rune = found.Value == 0 ? Rune.ReplacementChar : found;
            bytes += rune.Utf8SequenceLength;
            builder.Append(rune);
            if (bytes <= room)
            {
                end = builder.Length;
            }
            else if (bytes > mostBytes)
            {
                builder.Length = end;
                return builder.Append(Cut).ToString();
            }
        }

        return builder.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c == '\0' || char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }
}

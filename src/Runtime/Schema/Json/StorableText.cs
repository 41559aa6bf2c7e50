namespace Typed.Schema.Json;

/// <summary>Texts that every database can keep.</summary>
internal static class StorableText
{
    public const string Zero = "U+0000 in text";

    public const string LoneSurrogate = "a lone surrogate in text";

    /// <summary>What is wrong with the text; null: nothing.</summary>
    public static string? Fault(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
            {
                return Zero;
            }

            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return LoneSurrogate;
            }
        }

        return null;
    }
}

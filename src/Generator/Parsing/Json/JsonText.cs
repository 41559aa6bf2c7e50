namespace Typed.Generator.Parsing.Json;

/// <summary>Texts that every database can keep.</summary>
internal static class JsonText
{
    /// <summary>Whether the text has neither U+0000 nor a lone surrogate.</summary>
    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
            {
                return false;
            }
        }

        return true;
    }
}

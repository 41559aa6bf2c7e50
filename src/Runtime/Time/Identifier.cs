using System.Globalization;

namespace Typed.Time;

/// <summary>C# identifiers without escapes (C# standard, 6.4.3). Keywords count: a name becomes a PascalCase member.</summary>
internal static class Identifier
{
    public static bool IsValid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsStart(text[i]) && (i == 0 || !IsPart(text[i])))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool IsStart(char c) => c == '_' || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    // The standard also allows invisible format characters and ignores them when names are compared. Nobody needs two names that look alike.
    private static bool IsPart(char c) => CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}

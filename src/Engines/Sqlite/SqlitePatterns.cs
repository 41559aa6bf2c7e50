using System.Text;
using Microsoft.Data.Sqlite;

namespace Typed.Sqlite;

/// <summary>
/// Patterns of LIKE for SQLite, whose LIKE takes <c>a</c> for <c>A</c>, while GLOB does not. Where all matches begin alike, a lower and an upper bound on the
/// text let an index find them.
/// </summary>
internal static class SqlitePatterns
{
    public const string Glob = "typed_glob";
    public const string Low = "typed_low";
    public const string High = "typed_high";

    private const int LastCodePoint = 0x10FFFF;
    private const int AfterSurrogates = 0xE000;

    /// <summary>The upper bound of all texts: blobs order after texts. An empty blob would arrive as NULL.</summary>
    private static readonly byte[] s_afterAll = [0];

    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string?, string?>(
            Glob, static (pattern, escape) => pattern is null ? null : ToGlob(pattern, escape), isDeterministic: true);
        connection.CreateFunction<string?, string?, string?>(
            Low, static (pattern, escape) => pattern is null ? null : Prefix(pattern, escape), isDeterministic: true);
        connection.CreateFunction<string?, string?, object?>(
            High, static (pattern, escape) => pattern is null ? null : After(Prefix(pattern, escape)), isDeterministic: true);
    }

    /// <summary>Converts a pattern of LIKE to one of GLOB.</summary>
    public static string ToGlob(string pattern, string? escape)
    {
        var glob = new StringBuilder(pattern.Length + 8);
        foreach (var (unit, isLiteral) in Units(pattern, escape))
        {
            _ = !isLiteral ? glob.Append(unit == '%' ? '*' : '?')
                : unit is '*' or '?' or '[' ? glob.Append('[').Append(unit).Append(']')
                : glob.Append(unit);
        }

        return glob.ToString();
    }

    /// <summary>The text that all matches begin with.</summary>
    public static string Prefix(string pattern, string? escape) =>
        string.Concat(Units(pattern, escape).TakeWhile(one => one.IsLiteral).Select(one => one.Unit));

    /// <summary>The least value that orders after all texts with a prefix, by the bytes of UTF-8, which order as code points do.</summary>
    public static object After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToArray();
        for (var i = runes.Length - 1; i >= 0; i--)
        {
            if (runes[i].Value < LastCodePoint)
            {
                var next = runes[i].Value + 1;
                return string.Concat(runes.Take(i).Select(rune => rune.ToString())) + new Rune(Rune.IsValid(next) ? next : AfterSurrogates);
            }
        }

        return s_afterAll;
    }

    private static IEnumerable<(char Unit, bool IsLiteral)> Units(string pattern, string? escape)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            var isEscaped = escape is [var sign] && pattern[i] == sign && i + 1 < pattern.Length;
            i += isEscaped ? 1 : 0;
            yield return (pattern[i], isEscaped || pattern[i] is not ('%' or '_'));
        }
    }
}

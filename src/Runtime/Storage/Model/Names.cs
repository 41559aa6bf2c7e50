using System.Security.Cryptography;
using System.Text;

namespace Typed.Storage.Model;

/// <summary>Names in the database: snake_case, at most 63 bytes.</summary>
internal static class Names
{
    /// <summary>PostgreSQL cuts longer names without a word (NAMEDATALEN - 1).</summary>
    private const int MaxBytes = 63;

    /// <summary>The name of an interval's table.</summary>
    public static string Table(string series, string interval) => Shorten($"{series}_{SnakeCase(interval)}");

    /// <summary><c>ResponseTime</c> to <c>response_time</c>, <c>HTTPStatus</c> to <c>http_status</c>.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>The name itself, or its beginning with a hash of the whole, the same on every machine.</summary>
    public static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
        var kept = name;
        while (Encoding.UTF8.GetByteCount(kept) > MaxBytes - 1 - hash.Length)
        {
            kept = kept[..^(char.IsLowSurrogate(kept[^1]) ? 2 : 1)];
        }

        return $"{kept}_{hash}";
    }
}

using System.Globalization;
using System.Text;

namespace Typed.Schema;

/// <summary>Names in the database: snake_case, at most 63 bytes. The generator compiles this file too, since its rules speak of table names.</summary>
internal static class Names
{
    /// <summary>The table of <c>CatalogEntry</c>.</summary>
    public const string Catalog = "typed_catalog";

    /// <summary>The table of <c>WriterEntry</c>.</summary>
    public const string Writers = "typed_writers";

    /// <summary>The table of <c>FollowEntry</c>.</summary>
    public const string Follow = "typed_follow";

    /// <summary>The table of <c>ConsumerEntry</c>.</summary>
    public const string Consumers = "typed_consumers";

    /// <summary>The table that lists what flushes committed to streams that are followed.</summary>
    public const string Commits = "typed_commits";

    /// <summary>PostgreSQL cuts longer names without a word (NAMEDATALEN - 1).</summary>
    private const int MaxBytes = 63;

    /// <summary>The tables that stores have for themselves.</summary>
    public static IReadOnlyList<string> Own { get; } = [Catalog, Writers, Follow, Consumers, Commits];

    /// <summary>The name of an interval's table.</summary>
    public static string Table(string series, string interval) => Shorten(series + "_" + SnakeCase(interval));

    /// <summary>The name of the table of a Series' points.</summary>
    public static string Points(string series) => Shorten(series + "_points");

    /// <summary>The name of a stream's table: dots and hyphens are underscores there.</summary>
    public static string Stream(string name) => Shorten(SnakeCase(name.Replace('.', '_').Replace('-', '_')));

    /// <summary>Whether a declared name can start a table's: ASCII letters, digits and underscores, no digit first, at most 63 characters.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxBytes &&
        name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') && !char.IsDigit(name[0]);

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

        var hash = StableHash(name);
        var kept = name;
        while (Encoding.UTF8.GetByteCount(kept) > MaxBytes - 1 - hash.Length)
        {
            kept = kept.Substring(0, kept.Length - (char.IsLowSurrogate(kept[kept.Length - 1]) ? 2 : 1));
        }

        return kept + "_" + hash;
    }

    /// <summary>Eight hexadecimal digits (FNV-1a), the same in every process.</summary>
    public static string StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}

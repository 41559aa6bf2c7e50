namespace Typed.Cli.Output;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    private const int Most = 3;

    /// <summary>A sentence with the names nearest to one that is not there.</summary>
    public static string Sentence(string asked, IReadOnlyCollection<string> names, string kinds)
    {
        if (names.Count == 0)
        {
            return $"There are no {kinds}.";
        }

        var near = names.Select(name => (Name: name, Distance: Distance(asked, name)))
            .Where(one => one.Distance <= Math.Max(2, asked.Length / 3) || one.Name.Contains(asked, StringComparison.OrdinalIgnoreCase))
            .OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal).Take(Most).Select(one => one.Name).ToArray();
        return near.Length > 0
            ? $"Did you mean {string.Join(" or ", near)}?"
            : $"There are: {string.Join(", ", names.Order(StringComparer.Ordinal).Take(10))}{(names.Count > 10 ? ", …" : "")}.";
    }

    /// <summary>The number of characters to add, drop or change (Levenshtein), case aside.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + cost, Math.Min(row[j] + 1, row[j - 1] + 1)));
            }
        }

        return row[^1];
    }
}

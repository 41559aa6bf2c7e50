namespace Typed.Time;

/// <summary>What was meant by a zone that there is not: ids that are spelt nearly so, or whose city is.</summary>
internal static class NearestZones
{
    private const int Most = 3;

    /// <summary>The nearest ids; none where nothing is near.</summary>
    public static IReadOnlyList<string> Find(string id)
    {
        var wanted = Plain(id);
        var near = new List<string>();
        var best = wanted.Length / 5;
        foreach (var known in ZoneIds.All)
        {
            var name = Plain(known);
            var distance = Math.Min(Distance(wanted, name), Distance(wanted, name.Substring(name.LastIndexOf('/') + 1)));
            if (distance < best)
            {
                near.Clear();
                best = distance;
            }

            if (distance == best)
            {
                near.Add(known);
            }
        }

        return [.. near.Take(Most)];
    }

    /// <summary>Case and the way to write a space do not count.</summary>
    private static string Plain(string id) => id.Replace(' ', '_').Replace('-', '_').ToUpperInvariant();

    /// <summary>How many letters are put in, left out or changed between the two (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(diagonal, row[j - 1]));
            }
        }

        return row[to.Length];
    }
}

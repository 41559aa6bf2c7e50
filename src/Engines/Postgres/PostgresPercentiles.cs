using System.Globalization;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>
/// Weighted percentiles in SQL. A running count of every entry by a window function would take twice as long as all the rest, so each cell's values and counts
/// become arrays, of which an element costs next to nothing: the counts are added up by blocks, the running counts of the blocks lead to the block of a
/// percentile, and comparisons of partial sums to its entry.
/// </summary>
internal static class PostgresPercentiles
{
    /// <summary>Entries of a block; measured.</summary>
    private const int Block = 16;

    /// <summary>Selects the cells and the value of each percentile.</summary>
    public static string Select(RankedValues values)
    {
        var isRange = values.Cell.Count == 0;
        var names = isRange ? "" : string.Join(", ", Dialect.NamesOf(values.Cell));
        var cell = isRange ? "" : $"{names}, ";
        var entries = $"SELECT {(isRange ? "" : $"{Dialect.WithNames(values.Cell)}, ")}t.{values.Value} AS v, {values.Count} AS c{values.From} "
            + $"ORDER BY {cell}t.{values.Value} OFFSET 0";
        var cells = $"SELECT {cell}array_agg(v) AS v, array_agg(c) AS c FROM ({entries}) AS e"
            + (isRange ? " HAVING count(*) > 0" : $" GROUP BY {names} ORDER BY {names}{values.Limit}");

        // The planner expects a thousand blocks of every cell, and would compile such a query. It believes that few numbers are equal to another, and all are.
        var sums = $"SELECT c[i]{Sum(k => Invariant($" + coalesce(c[i + {k}], 0)"), 1, Block - 1)} AS s "
            + Invariant($"FROM generate_series(1, cardinality(c), {Block}) AS i WHERE i % {Block} = 1");
        var blocks = $"SELECT array_agg(r) AS r FROM (SELECT (sum(s) OVER (ROWS UNBOUNDED PRECEDING))::bigint AS r FROM ({sums}) AS s) AS s";
        var ranks = Each(values, (p, i) => $"greatest(1, ceil({p}::numeric * 0.01 * r[cardinality(r)]))::bigint AS q{i}");
        var places = Each(values, (_, i) => $"width_bucket(q{i} - 1, r) AS b{i}");
        var offsets = Each(values, (_, i) => Invariant($"b{i} * {Block} AS o{i}, q{i} - coalesce(r[b{i}], 0) AS w{i}"));
        return $"SELECT {cell}{Each(values, (_, i) => Entry(i, 1, Block))} FROM ({cells}) AS g, LATERAL ({blocks}) AS r, "
            + $"LATERAL (SELECT {ranks} OFFSET 0) AS q, LATERAL (SELECT {places} OFFSET 0) AS b, LATERAL (SELECT {offsets} OFFSET 0) AS o"
            + (isRange ? "" : $" ORDER BY {names}");
    }

    /// <summary>
    /// The value of the entry where the sum of the block's counts reaches what is wanted. Behind the last entry there are nulls, which are no less.
    /// </summary>
    private static string Entry(string percentile, int first, int last)
    {
        if (first == last)
        {
            return Invariant($"v[o{percentile} + {first}]");
        }

        var middle = (first + last) / 2;
        var sum = Invariant($"c[o{percentile} + 1]") + Sum(k => Invariant($" + c[o{percentile} + {k}]"), 2, middle);
        return $"CASE WHEN {sum} < w{percentile} THEN {Entry(percentile, middle + 1, last)} ELSE {Entry(percentile, first, middle)} END";
    }

    private static string Sum(Func<int, string> summand, int first, int last) =>
        string.Concat(Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(summand));

    private static string Each(RankedValues values, Func<string, string, string> text) =>
        string.Join(", ", values.Percentiles.Select((p, i) => text(p, i.ToString(CultureInfo.InvariantCulture))));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

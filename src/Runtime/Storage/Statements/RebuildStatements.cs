using System.Globalization;
using Typed.Time;

namespace Typed.Storage.Statements;

/// <summary>
/// The statements that compute an interval anew from a finer one, for a range of keys at a time: first the last key of such a range, then what is done in one
/// transaction. Parameters: the key before the range and its last key, where there are such, and the first bucket.
/// </summary>
/// <param name="target">The table that is computed.</param>
/// <param name="interval">Its interval.</param>
/// <param name="source">The statements on the finer interval.</param>
/// <param name="bySlot">Whether the finer interval's slots are what is merged; otherwise its buckets.</param>
/// <param name="dialect">The database.</param>
internal sealed class RebuildStatements(IntervalTable target, Interval interval, RollupStatements source, bool bySlot, Dialect dialect)
{
    /// <summary>The rows that a transaction reads, unless one key has more: as many as keep other writers waiting for less than a second.</summary>
    private const int Rows = 20_000;

    /// <summary>Selects the key up to which a transaction goes; no row where it goes to the end.</summary>
    public Sql LastKey(bool resumes)
    {
        var keys = string.Join(", ", source.KeyColumns);
        var taken = 0;
        var where = resumes ? $" WHERE {Compare(">", ref taken)}" : "";
        return new(string.Create(CultureInfo.InvariantCulture, $"SELECT {keys} FROM {source.Rollup.Sql} AS t{where} ORDER BY {keys} LIMIT 1 OFFSET {Rows}"));
    }

    /// <summary>Counts the keys of a range that have something to be computed from.</summary>
    public Sql CountKeys(bool resumes, bool ends)
    {
        var (conditions, first) = Range(resumes, ends);
        var where = string.Join(" AND ", conditions.Append($"{source.Place(bySlot)} >= {first}"));
        var keys = source.Keys > 0 ? string.Join(", ", source.KeyColumns) : "1";
        return new($"SELECT count(*) FROM (SELECT DISTINCT {keys} FROM {source.Rollup.Sql} AS t WHERE {where}) AS k");
    }

    /// <summary>Replaces the rows of a range of keys. The last two statements take parameters.</summary>
    public IReadOnlyList<Sql> Replace(bool resumes, bool ends)
    {
        var (conditions, first) = Range(resumes, ends);
        var deleted = string.Join(" AND ", conditions.Append($"t.{target.Bucket} >= {first}"));
        return
        [
            .. dialect.Exclude(target.Sql).Select(text => new Sql(text)),
            new($"DELETE FROM {target.Sql} AS t WHERE {deleted}"),
            new(Fill(target, interval, source, bySlot, [.. conditions, $"{source.Place(bySlot)} >= {first}"])),
        ];
    }

    /// <summary>Inserts what rows of the finer interval come to; without conditions all of them.</summary>
    public static string Fill(IntervalTable target, Interval interval, RollupStatements source, bool bySlot, params string[] conditions)
    {
        List<string> cell = [.. source.KeyColumns, source.CellOf(interval.Spec.Step, interval.Spec.Zone, bySlot)];
        if (target.Slot is not null)
        {
            cell.Add(source.CellOf(interval.Spec.Resolution, interval.Spec.Zone, bySlot));
        }

        return $"INSERT INTO {target.Sql} ({string.Join(", ", [.. target.CellColumns, .. target.Content])}) {source.StoredContent(cell, conditions)}";
    }

    /// <summary>The conditions on keys, and the parameter of the first bucket.</summary>
    private (List<string> Conditions, string First) Range(bool resumes, bool ends)
    {
        List<string> conditions = [];
        var taken = 0;
        if (resumes)
        {
            conditions.Add(Compare(">", ref taken));
        }

        if (ends)
        {
            conditions.Add(Compare("<=", ref taken));
        }

        return (conditions, dialect.Parameter(taken + 1));
    }

    private string Compare(string comparison, ref int taken)
    {
        var before = taken;
        taken += source.Keys;
        var parameters = Enumerable.Range(before + 1, source.Keys).Select(dialect.Parameter);
        return $"({string.Join(", ", source.KeyColumns)}) {comparison} ({string.Join(", ", parameters)})";
    }
}

namespace Typed.Storage.Statements;

/// <summary>The statements on one interval's table. Ranges take the first and last bucket after the keys, then the limit.</summary>
internal sealed class RollupStatements : TableStatements
{
    private readonly IntervalTable _t;

    public RollupStatements(IntervalTable table, Dialect dialect, StatisticsShape shape)
        : base(table, dialect)
    {
        _t = table;
        Range = Keyed(keys => RangeText(keys, Merges(keys), table.Bucket));
        Slots = Keyed(keys => RangeText(keys, keys > 1, table.Bucket, table.Slot!));
        Unmerged = Keyed(UnmergedText);
        Collapse = Keyed(CollapseText);
        Statistics = Keyed(keys => StatisticsText(keys, shape, perBucket: true));
        CollapsedStatistics = Keyed(keys => StatisticsText(keys, shape, perBucket: false));
    }

    /// <summary>Bucket and content, condensed and joined, ascending.</summary>
    public KeyedSql Range { get; }

    /// <summary>Bucket, slot and content, joined, ascending.</summary>
    public KeyedSql Slots { get; }

    /// <inheritdoc/>
    /// <remarks>Bucket, slot, number of the key and content.</remarks>
    public override KeyedSql Unmerged { get; }

    /// <summary>The content of a whole range.</summary>
    public KeyedSql Collapse { get; }

    /// <summary>Bucket and statistics, ascending.</summary>
    public KeyedSql Statistics { get; }

    /// <summary>The statistics of a whole range.</summary>
    public KeyedSql CollapsedStatistics { get; }

    /// <summary>Whether a content read for that many keys is a sum rather than a stored value.</summary>
    public bool Merges(int keys) => _t.Slot is not null || keys > 1;

    private string RangeText(int keys, bool merges, params string[] columns)
    {
        var cell = string.Join(", ", columns.Select(column => $"t.{column}"));
        var range = FromRange(keys);
        return _t.Series.Type switch
        {
            SeriesType.Gauge when merges => LatestText(cell, string.Join(", ", columns), keys),
            SeriesType.Gauge => $"SELECT {cell}, t.{_t.Time}, {Value}{range}{Ordered(cell, keys)}",
            SeriesType.Set => $"SELECT {(merges ? "DISTINCT " : "")}{cell}, {Value}{range}{Ordered($"{cell}, {Value}", keys)}",
            SeriesType.Histogram when merges =>
                $"SELECT {cell}, {Value}, {Dialect.IntegerSum($"t.{_t.Count}")}{range} GROUP BY {cell}, {Value}{Ordered($"{cell}, {Value}", keys)}",
            SeriesType.Histogram => $"SELECT {cell}, {Value}, t.{_t.Count}{range}{Ordered($"{cell}, {Value}", keys)}",
            _ when merges => $"SELECT {cell}, {Total()}{range} GROUP BY {cell}{Ordered(cell, keys)}",
            _ => $"SELECT {cell}, {Value}{range}{Ordered(cell, keys)}",
        };
    }

    /// <summary>The row of each cell with the latest time; on equal times the row of the key asked for last.</summary>
    private string LatestText(string cell, string names, int keys)
    {
        // No column has this name, since columns are named by words.
        const string Rank = "\"by time\"";
        var last = keys > 1 ? ", k.ord DESC" : "";
        return $"SELECT {names}, {_t.Time}, {_t.Value} FROM (SELECT {cell}, t.{_t.Time}, {Value}, "
            + $"row_number() OVER (PARTITION BY {cell} ORDER BY t.{_t.Time} DESC{last}) AS {Rank}{FromRange(keys)}) AS r "
            + $"WHERE {Rank} = 1{Ordered(names, keys)}";
    }

    private string UnmergedText(int keys)
    {
        // A coarse bucket counts as its only slot.
        var slot = $"t.{_t.Slot ?? _t.Bucket}";
        var number = KeyNumber(keys);
        var content = _t.Series.Type switch
        {
            SeriesType.Gauge => $"t.{_t.Time}, {Value}",
            SeriesType.Histogram => $"{Value}, t.{_t.Count}",
            _ => Value,
        };
        var by = keys > 1 ? $"{Position}, {slot}, k.ord, {Value}" : $"{Position}, {slot}, {Value}";
        return $"SELECT {Position}, {slot}, {number}, {content}{FromRange(keys)}{Ordered(by, keys)}";
    }

    private string CollapseText(int keys)
    {
        var range = FromRange(keys);
        var last = keys > 1 ? ", k.ord DESC" : "";
        return _t.Series.Type switch
        {
            SeriesType.Gauge => $"SELECT t.{_t.Time}, {Value}{range} ORDER BY t.{_t.Time} DESC{last} LIMIT 1",
            SeriesType.Set => $"SELECT DISTINCT {Value}{range} ORDER BY {Value}",
            SeriesType.Histogram => $"SELECT {Value}, {Dialect.IntegerSum($"t.{_t.Count}")}{range} GROUP BY {Value} ORDER BY {Value}",

            // HAVING leaves out the row that an aggregate over no rows would give.
            _ => $"SELECT {Total()}{range} HAVING count(*) > 0",
        };
    }

    private string StatisticsText(int keys, StatisticsShape shape, bool perBucket)
    {
        var range = FromRange(keys);
        var weight = $"t.{_t.Count}";
        var count = Dialect.IntegerSum($"t.{_t.Count}");
        if (_t.Series.Type == SeriesType.Set)
        {
            // A value counts once, however many slots and keys hold it.
            range = $" FROM (SELECT DISTINCT {(perBucket ? $"{Position}, {Value}" : Value)}{range}) AS t";
            weight = null;
            count = Dialect.IntegerSum("1");
        }

        var columns = string.Join(", ", StatisticsColumns(shape, count, weight));
        return perBucket
            ? $"SELECT {Position}, {columns}{range} GROUP BY {Position}{Ordered(Position, keys)}"
            : $"SELECT {columns}{range} HAVING count(*) > 0";
    }

    private string Ordered(string by, int keys) => $" ORDER BY {by}{Dialect.Limit(Consumed(keys) + 3)}";

    private string Total() => _t.Series.Value.Kind switch
    {
        ColumnKind.Int64 => Dialect.IntegerSum(Value),
        ColumnKind.Decimal => Dialect.DecimalSum(Value),
        _ => Dialect.FloatSum(Value),
    };
}

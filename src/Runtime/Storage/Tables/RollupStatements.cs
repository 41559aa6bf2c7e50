using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>
/// The statements on one interval's table, each text built at first use and kept. Parameters: keys, then first and last bucket, then the limit.
/// </summary>
internal sealed class RollupStatements
{
    private readonly IntervalTable _t;
    private readonly Dialect _d;
    private readonly string _bucket;
    private readonly string _value;

    public RollupStatements(IntervalTable table, Dialect dialect, StatisticsShape shape)
    {
        _t = table;
        _d = dialect;
        _bucket = $"t.{table.Bucket}";
        _value = $"t.{table.Value}";
        Upsert = new Sql(UpsertText());
        Range = Keyed(keys => RangeText(keys, slots: false));
        Slots = Keyed(keys => RangeText(keys, slots: true));
        Collapse = Keyed(CollapseText);
        Statistics = Keyed(keys => StatisticsText(keys, shape, perBucket: true));
        CollapsedStatistics = Keyed(keys => StatisticsText(keys, shape, perBucket: false));
        Extent = Keyed(ExtentText);
        Delete = Keyed(keys => $"DELETE FROM {table.Sql} AS t{Where(keys)}");
        Expire = Keyed(ExpireText);
    }

    /// <summary>The table's bare name.</summary>
    public string Table => _t.Name;

    /// <summary>Adds combined rows to what is stored.</summary>
    public Sql Upsert { get; }

    /// <summary>Bucket and payload, condensed and joined, ascending.</summary>
    public KeyedSql Range { get; }

    /// <summary>Bucket, slot and payload, joined, ascending.</summary>
    public KeyedSql Slots { get; }

    /// <summary>The payload of a whole range.</summary>
    public KeyedSql Collapse { get; }

    /// <summary>Bucket and statistics, ascending.</summary>
    public KeyedSql Statistics { get; }

    /// <summary>The statistics of a whole range.</summary>
    public KeyedSql CollapsedStatistics { get; }

    /// <summary>First and last bucket from a start on.</summary>
    public KeyedSql Extent { get; }

    /// <summary>Deletes one key, or with 0 keys all.</summary>
    public KeyedSql Delete { get; }

    /// <summary>Deletes dead buckets of one key, or with 0 keys of all.</summary>
    public KeyedSql Expire { get; }

    /// <summary>Whether a payload read for that many keys is a sum rather than a stored value.</summary>
    public bool Merges(int keys) => _t.Slot is not null || keys > 1;

    /// <summary>Selects the keys with a bucket from a parameter on.</summary>
    public string LiveKeys(int parameter) =>
        $"SELECT DISTINCT {string.Join(", ", _t.Keys)} FROM {_t.Sql} WHERE {_t.Bucket} >= {_d.Parameter(parameter)}";

    private KeyedSql Keyed(Func<int, string> build) => new(build, _d.HasArrays);

    private string UpsertText()
    {
        List<string> columns = [.. _t.Cell, _t.Value];
        List<ColumnKind> kinds = [.. _t.KeyKinds, ColumnKind.Instant];
        if (_t.Slot is not null)
        {
            kinds.Add(ColumnKind.Instant);
        }

        kinds.Add(_t.Series.Value.Kind);
        var added = _t.Value;
        switch (_t.Series.Type)
        {
            case SeriesType.Histogram:
                columns.Add(_t.Count!);
                kinds.Add(ColumnKind.Int64);
                added = _t.Count!;
                break;
            case SeriesType.Gauge:
                columns.Add(_t.Time!);
                kinds.Add(ColumnKind.Instant);
                break;
        }

        var conflict = string.Join(", ", _t.Series.Type is SeriesType.Histogram or SeriesType.Set ? [.. _t.Cell, _t.Value] : _t.Cell);
        var update = _t.Series.Type switch
        {
            SeriesType.Set => "NOTHING",
            SeriesType.Gauge => $"UPDATE SET {_t.Value} = excluded.{_t.Value}, {_t.Time} = excluded.{_t.Time} WHERE t.{_t.Time} <= excluded.{_t.Time}",
            SeriesType.Histogram => $"UPDATE SET {added} = {_d.Add(ColumnKind.Int64, $"t.{added}", $"excluded.{added}")}",
            _ => $"UPDATE SET {added} = {_d.Add(_t.Series.Value.Kind, $"t.{added}", $"excluded.{added}")}",
        };
        return $"INSERT INTO {_t.Sql} AS t ({string.Join(", ", columns)}) {_d.InsertSource(kinds)} ON CONFLICT ({conflict}) DO {update}";
    }

    private string RangeText(int keys, bool slots)
    {
        var cell = slots ? $"{_bucket}, t.{_t.Slot}" : _bucket;
        var range = $"{From(keys)}{Where(keys, buckets: true)}";
        var limit = $"ORDER BY {{0}} LIMIT {_d.Parameter(Consumed(keys) + 3)}";
        var merges = slots ? keys > 1 : Merges(keys);
        return _t.Series.Type switch
        {
            SeriesType.Gauge when merges => LatestText(cell, keys, limit),
            SeriesType.Gauge => $"SELECT {cell}, t.{_t.Time}, {_value}{range} {Order(cell)}",
            SeriesType.Set => $"SELECT {(merges ? "DISTINCT " : "")}{cell}, {_value}{range} {Order($"{cell}, {_value}")}",
            SeriesType.Histogram when merges =>
                $"SELECT {cell}, {_value}, {_d.IntegerSum($"t.{_t.Count}")}{range} GROUP BY {cell}, {_value} {Order($"{cell}, {_value}")}",
            SeriesType.Histogram => $"SELECT {cell}, {_value}, t.{_t.Count}{range} {Order($"{cell}, {_value}")}",
            _ when merges => $"SELECT {cell}, {Total()}{range} GROUP BY {cell} {Order(cell)}",
            _ => $"SELECT {cell}, {_value}{range} {Order(cell)}",
        };

        string Order(string by) => limit.Replace("{0}", by, StringComparison.Ordinal);
    }

    /// <summary>Of each cell the row with the latest time; on equal times that of the key asked for last.</summary>
    private string LatestText(string cell, int keys, string limit)
    {
        var last = keys > 1 ? ", k.ord DESC" : "";
        var names = cell.Replace("t.", "", StringComparison.Ordinal);
        return $"SELECT {names}, {_t.Time}, {_t.Value} FROM (SELECT {cell}, t.{_t.Time}, {_value}, "
            + $"row_number() OVER (PARTITION BY {cell} ORDER BY t.{_t.Time} DESC{last}) AS n{From(keys)}{Where(keys, buckets: true)}) AS r "
            + $"WHERE n = 1 {limit.Replace("{0}", names, StringComparison.Ordinal)}";
    }

    private string CollapseText(int keys)
    {
        var range = $"{From(keys)}{Where(keys, buckets: true)}";
        var last = keys > 1 ? ", k.ord DESC" : "";
        return _t.Series.Type switch
        {
            SeriesType.Gauge => $"SELECT t.{_t.Time}, {_value}{range} ORDER BY t.{_t.Time} DESC{last} LIMIT 1",
            SeriesType.Set => $"SELECT DISTINCT {_value}{range} ORDER BY {_value}",
            SeriesType.Histogram => $"SELECT {_value}, {_d.IntegerSum($"t.{_t.Count}")}{range} GROUP BY {_value} ORDER BY {_value}",

            // HAVING: without rows there is no total, rather than a total of nothing.
            _ => $"SELECT {Total()}{range} HAVING count(*) > 0",
        };
    }

    private string StatisticsText(int keys, StatisticsShape shape, bool perBucket)
    {
        var range = $"{From(keys)}{Where(keys, buckets: true)}";
        string? weight = $"t.{_t.Count}";
        var count = _d.IntegerSum($"t.{_t.Count}");
        if (_t.Series.Type == SeriesType.Set)
        {
            // A value counts once, however many slots and keys hold it.
            var distinct = perBucket ? $"{_bucket}, {_value}" : _value;
            range = $" FROM (SELECT DISTINCT {distinct}{range}) AS t";
            weight = null;
            count = _d.IntegerSum("1");
        }

        List<string> columns = perBucket ? [_bucket, count] : [count];
        switch (shape)
        {
            case StatisticsShape.IntegerSum:
                columns.Add(_d.IntegerSum(_value, weight));
                break;
            case StatisticsShape.FloatSum:
                columns.Add(_d.FloatSum(_value, weight));
                break;
            case StatisticsShape.DecimalSum:
                columns.Add(_d.DecimalSum(_value, weight));
                break;
        }

        if (shape != StatisticsShape.Count)
        {
            columns.Add(_d.Extreme(_t.Series.Value.Kind, largest: false, _value));
            columns.Add(_d.Extreme(_t.Series.Value.Kind, largest: true, _value));
        }

        var select = $"SELECT {string.Join(", ", columns)}{range}";
        return perBucket
            ? $"{select} GROUP BY {_bucket} ORDER BY {_bucket} LIMIT {_d.Parameter(Consumed(keys) + 3)}"
            : $"{select} HAVING count(*) > 0";
    }

    private string ExtentText(int keys)
    {
        // Two subqueries: each is one step down the primary key, where both at once would be a scan on SQLite.
        var where = Where(keys);
        var of = $"{From(keys)}{(where.Length == 0 ? " WHERE " : $"{where} AND ")}{_bucket} >= {_d.Parameter(Consumed(keys) + 1)}";
        return $"SELECT (SELECT min({_bucket}){of}), (SELECT max({_bucket}){of})";
    }

    private string ExpireText(int keys)
    {
        var conditions = Enumerable.Range(0, keys == 0 ? 0 : _t.Keys.Count).Select(i => $"{_t.Keys[i]} = {_d.Parameter(i + 1)}");
        return _d.DeleteWhere(_t.Sql, _t.Cell, string.Join(" AND ", [.. conditions, $"{_t.Bucket} < {_d.Parameter(Consumed(keys) + 1)}"]));
    }

    private string Total() => _t.Series.Value.Kind switch
    {
        ColumnKind.Int64 => _d.IntegerSum(_value),
        ColumnKind.Decimal => _d.DecimalSum(_value),
        _ => _d.FloatSum(_value),
    };

    private string From(int keys)
    {
        if (keys <= 1)
        {
            return $" FROM {_t.Sql} AS t";
        }

        var on = string.Join(" AND ", Enumerable.Range(0, _t.Keys.Count).Select(i => $"t.{_t.Keys[i]} = k.k{i.ToString(System.Globalization.CultureInfo.InvariantCulture)}"));
        return $" FROM {_d.KeySource(_t.KeyKinds, keys)} JOIN {_t.Sql} AS t ON {on}";
    }

    private string Where(int keys, bool buckets = false)
    {
        var conditions = keys == 1 ? Enumerable.Range(0, _t.Keys.Count).Select(i => $"t.{_t.Keys[i]} = {_d.Parameter(i + 1)}") : [];
        if (buckets)
        {
            conditions = conditions.Append($"{_bucket} BETWEEN {_d.Parameter(Consumed(keys) + 1)} AND {_d.Parameter(Consumed(keys) + 2)}");
        }

        var text = string.Join(" AND ", conditions);
        return text.Length == 0 ? "" : $" WHERE {text}";
    }

    /// <summary>How many parameters the keys take.</summary>
    private int Consumed(int keys) => keys == 0 ? 0 : _d.HasArrays ? _t.Keys.Count : _t.Keys.Count * keys;
}

using System.Collections.Concurrent;
using Typed.Time;

namespace Typed.Storage.Statements;

/// <summary>The statements on one interval's table. Ranges take the first and last bucket after the keys, then the limit.</summary>
internal sealed class RollupStatements : TableStatements
{
    private readonly IntervalTable _t;
    private readonly StatisticsShape _shape;
    private readonly bool _isResampled;

    /// <summary>The bucket that a row is given for.</summary>
    private readonly string _bucket;

    private readonly ConcurrentDictionary<int, RankedStatements?> _percentiles = new();

    /// <param name="table">The table.</param>
    /// <param name="dialect">The database.</param>
    /// <param name="shape">Which statistics the value has.</param>
    /// <param name="coarser">The grid into whose buckets those of the table are merged; null for their own.</param>
    public RollupStatements(IntervalTable table, Dialect dialect, StatisticsShape shape, IntervalSpec? coarser = null)
        : base(table, dialect)
    {
        (_t, _shape, _isResampled) = (table, shape, coarser is not null);
        _bucket = coarser is null ? Position : dialect.CellStart(Position, coarser.Step, coarser.Zone);
        GivesOwnBuckets = _isResampled && table.Series.Type == SeriesType.Count && dialect.GivesRowsOfCells;
        Range = Keyed(keys => ContentText([GivesOwnBuckets ? Position : _bucket], FromRange(keys), Limit(keys), MergesRange(keys), Ties(keys)));
        Slots = Keyed(keys => ContentText([_bucket, $"t.{table.Slot ?? table.Bucket}"], FromRange(keys), Limit(keys), keys > 1, Ties(keys)));
        AllKeys = EveryKey((from, limit, _) => ContentText([.. KeyColumns, _bucket], from, limit, Merges(1), Ties(0)));
        Unmerged = Keyed(UnmergedText);
        Collapse = Keyed(CollapseText);
        Statistics = Keyed(keys => StatisticsText([_bucket], FromRange(keys), Limit(keys), shape));
        AllStatistics = EveryKey((from, limit, _) => StatisticsText([.. KeyColumns, _bucket], from, limit, shape));
        CollapsedStatistics = Keyed(keys => StatisticsText([], FromRange(keys), "", shape));
        Top = new(NewTop);
    }

    public IntervalTable Rollup => _t;

    /// <summary>Bucket and content, condensed and joined, ascending.</summary>
    public KeyedSql Range { get; }

    /// <summary>Bucket, slot and content, joined, ascending.</summary>
    public KeyedSql Slots { get; }

    /// <summary>Key, bucket and content, condensed, in the order of the primary key.</summary>
    public AllKeysSql AllKeys { get; }

    /// <inheritdoc/>
    /// <remarks>Bucket, slot, number of the key and content.</remarks>
    public override KeyedSql Unmerged { get; }

    /// <summary>The content of a whole range.</summary>
    public KeyedSql Collapse { get; }

    /// <summary>Bucket and statistics, ascending.</summary>
    public KeyedSql Statistics { get; }

    /// <summary>Key, bucket and statistics, in the order of the primary key.</summary>
    public AllKeysSql AllStatistics { get; }

    /// <summary>The statistics of a whole range.</summary>
    public KeyedSql CollapsedStatistics { get; }

    /// <summary>The statements for a number of percentiles; null where the database leaves ranking to the process.</summary>
    public RankedStatements? Percentiles(int count) => _percentiles.GetOrAdd(count, NewPercentiles);

    /// <summary>The statements for the values of a histogram that occurred most often, each with its count.</summary>
    public Lazy<RankedStatements> Top { get; }

    /// <summary>Whether a content read for that many keys is a sum rather than a stored value.</summary>
    public bool Merges(int keys) => _isResampled || _t.Slot is not null || keys > 1;

    /// <summary>Whether <see cref="Range"/> gives the table's own buckets, to be merged into those of the coarser grid as they come.</summary>
    public bool GivesOwnBuckets { get; }

    /// <summary>The same of <see cref="Range"/>.</summary>
    public bool MergesRange(int keys) => GivesOwnBuckets ? _t.Slot is not null || keys > 1 : Merges(keys);

    /// <summary>The statements that merge the table's buckets into those of a coarser grid.</summary>
    public RollupStatements Resampled(IntervalSpec coarser) => new(_t, Dialect, _shape, coarser);

    /// <summary>The start of a cell of another grid that holds a row.</summary>
    /// <param name="step">The grid's step.</param>
    /// <param name="zone">The grid's zone.</param>
    /// <param name="bySlot">Whether a row stands where its slot does; otherwise where its bucket does.</param>
    public string CellOf(StepSpec step, string? zone, bool bySlot) => Dialect.CellStart(Place(bySlot), step, zone);

    /// <summary>Where a row stands in time.</summary>
    public string Place(bool bySlot) => bySlot ? $"t.{_t.Slot}" : Position;

    /// <summary>Selects the merged content of cells as it is stored: the columns of the cell, then those of <see cref="IntervalTable.Content"/>.</summary>
    /// <param name="cell">The columns of the cell.</param>
    /// <param name="conditions">Which rows.</param>
    public string StoredContent(IReadOnlyList<string> cell, params string[] conditions) =>
        ContentText(cell, From(keys: 0, conditions), limit: "", merges: true, ties: "", isStored: true);

    /// <summary>The content of each cell, by cell.</summary>
    private string ContentText(IReadOnlyList<string> columns, string range, string limit, bool merges, string ties, bool isStored = false)
    {
        var cell = string.Join(", ", columns);
        var count = isStored ? Dialect.StoredIntegerSum($"t.{_t.Count}") : Dialect.IntegerSum($"t.{_t.Count}");
        return _t.Series.Type switch
        {
            SeriesType.Summary when merges => SummaryText(columns, range, limit, isStored),
            SeriesType.Summary => $"SELECT {cell}, {_t.Summary!.Content}{range} ORDER BY {cell}{limit}",
            SeriesType.Gauge when merges => LatestText(columns, range, limit, ties),
            SeriesType.Gauge => $"SELECT {cell}, t.{_t.Time}, {Value}{range} ORDER BY {cell}{limit}",
            SeriesType.Set => $"SELECT {(merges ? "DISTINCT " : "")}{cell}, {Value}{range} ORDER BY {cell}, {Value}{limit}",
            SeriesType.Histogram when merges =>
                $"SELECT {cell}, {Value}, {count}{range} GROUP BY {cell}, {Value} ORDER BY {cell}, {Value}{limit}",
            SeriesType.Histogram => $"SELECT {cell}, {Value}, t.{_t.Count}{range} ORDER BY {cell}, {Value}{limit}",
            _ when merges => $"SELECT {cell}, {Total(isStored)}{range} GROUP BY {cell} ORDER BY {cell}{limit}",
            _ => $"SELECT {cell}, {Value}{range} ORDER BY {cell}{limit}",
        };
    }

    /// <summary>The row of each cell with the latest time; on equal times the row of the key asked for last.</summary>
    private string LatestText(IReadOnlyList<string> columns, string range, string limit, string ties)
    {
        // No column has this name, since columns are named by words.
        const string Rank = "\"by time\"";
        var (cell, names) = (string.Join(", ", columns), string.Join(", ", Dialect.NamesOf(columns)));
        return $"SELECT {names}, {_t.Time}, {_t.Value} FROM (SELECT {Dialect.WithNames(columns)}, t.{_t.Time}, {Value}, "
            + $"row_number() OVER (PARTITION BY {cell} ORDER BY t.{_t.Time} DESC{ties}) AS {Rank}{range}) AS r "
            + $"WHERE {Rank} = 1 ORDER BY {names}{limit}";
    }

    /// <summary>The summaries of each cell as one; without columns of a cell those of the whole range.</summary>
    private string SummaryText(IReadOnlyList<string> columns, string range, string limit, bool isStored = false)
    {
        var summary = _t.Summary!;
        var names = string.Join(", ", Dialect.NamesOf(columns));
        var select = columns.Count > 0 ? $"{names}, " : "";
        var partition = columns.Count > 0 ? $"PARTITION BY {string.Join(", ", columns)}" : "";
        var rows = $"SELECT {(columns.Count > 0 ? $"{Dialect.WithNames(columns)}, " : "")}{summary.WithMeans(partition)}{range}";
        var count = isStored ? Dialect.StoredIntegerSum($"t.{summary.Count}") : Dialect.IntegerSum($"t.{summary.Count}");
        var content = $"{count}, {Dialect.Extreme(summary.Kind, largest: false, $"t.{summary.Min}")}, "
            + $"{Dialect.Extreme(summary.Kind, largest: true, $"t.{summary.Max}")}, sum({summary.SquaresFromMean}), {Total(isStored)}";
        return $"SELECT {select}{content} FROM ({rows}) AS t{(columns.Count > 0 ? $" GROUP BY {names} ORDER BY {names}{limit}" : " HAVING count(*) > 0")}";
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
            SeriesType.Summary => _t.Summary!.Content,
            _ => Value,
        };
        var by = keys > 1 ? $"{_bucket}, {slot}, k.ord, {Value}" : $"{_bucket}, {slot}, {Value}";
        return $"SELECT {_bucket}, {slot}, {number}, {content}{FromRange(keys)} ORDER BY {by}{Limit(keys)}";
    }

    private string CollapseText(int keys)
    {
        var range = FromRange(keys);
        return _t.Series.Type switch
        {
            SeriesType.Gauge => $"SELECT t.{_t.Time}, {Value}{range} ORDER BY t.{_t.Time} DESC{Ties(keys)} LIMIT 1",
            SeriesType.Set => $"SELECT DISTINCT {Value}{range} ORDER BY {Value}",
            SeriesType.Summary => SummaryText([], range, ""),
            SeriesType.Histogram => $"SELECT {Value}, {Dialect.IntegerSum($"t.{_t.Count}")}{range} GROUP BY {Value} ORDER BY {Value}",

            // HAVING leaves out the row that an aggregate over no rows would give.
            _ => $"SELECT {Total()}{range} HAVING count(*) > 0",
        };
    }

    /// <summary>The statistics of each cell, by cell; without columns of a cell those of the whole range.</summary>
    private string StatisticsText(IReadOnlyList<string> columns, string range, string limit, StatisticsShape shape)
    {
        var weight = $"t.{_t.Count}";
        var count = Dialect.IntegerSum($"t.{_t.Count}");
        var cell = string.Join(", ", columns);
        if (_t.Series.Type == SeriesType.Set)
        {
            // A value counts once, however many slots and keys hold it.
            range = $" FROM (SELECT DISTINCT {(columns.Count > 0 ? $"{Dialect.WithNames(columns)}, {Value}" : Value)}{range}) AS t";
            cell = string.Join(", ", Dialect.NamesOf(columns).Select(name => $"t.{name}"));
            weight = null;
            count = Dialect.IntegerSum("1");
        }

        var statistics = string.Join(", ", StatisticsColumns(shape, count, weight));
        return columns.Count > 0
            ? $"SELECT {cell}, {statistics}{range} GROUP BY {cell} ORDER BY {cell}{limit}"
            : $"SELECT {statistics}{range} HAVING count(*) > 0";
    }

    private RankedStatements NewTop() => new(
        Keyed(keys => TopText([_bucket], FromRange(keys), Limit(keys), Merges(keys), Dialect.Parameter(Consumed(keys) + 4))),
        EveryKey((from, limit, taken) => TopText([.. KeyColumns, _bucket], from, limit, Merges(1), Dialect.Parameter(taken + 1))),
        Keyed(keys => $"SELECT {Value}, {Dialect.IntegerSum($"t.{_t.Count}")}{FromRange(keys)} GROUP BY {Value} "
            + $"ORDER BY {TopOrder(isSum: true)}{Dialect.Limit(Consumed(keys) + 3)}"));

    /// <summary>The first rows of each cell, by count.</summary>
    private string TopText(IReadOnlyList<string> columns, string range, string limit, bool merges, string most)
    {
        // No column has such a name, since columns are named by words.
        const string Rank = "\"by count\"", Counts = "\"count ";
        var (cell, names) = (string.Join(", ", columns), string.Join(", ", Dialect.NamesOf(columns)));
        string[] counts = [.. (merges ? Dialect.IntegerSums($"t.{_t.Count}") : [$"t.{_t.Count}"]).Select((count, i) => $"{count} AS {Counts}{i}\"")];
        var group = merges ? $" GROUP BY {cell}, {Value}" : "";
        var select = $"SELECT {names}, {_t.Value}, {string.Join(", ", counts.Select((_, i) => $"{Counts}{i}\""))}";
        return $"{select} FROM (SELECT {Dialect.WithNames(columns)}, {Value}, {string.Join(", ", counts)}, "
            + $"row_number() OVER (PARTITION BY {cell} ORDER BY {TopOrder(merges)}) AS {Rank}{range}{group}) AS r "
            + $"WHERE {Rank} <= {most} ORDER BY {names}, {Rank}{limit}";
    }

    private string TopOrder(bool isSum) => Dialect.MostFirst(_t.Series.Value.Kind, Value, $"t.{_t.Count}", isSum);

    private RankedStatements? NewPercentiles(int count)
    {
        return Text([], "", "", 0) is null ? null : new(
            Keyed(keys => Text([_bucket], FromRange(keys), Limit(keys), Consumed(keys) + 3)!),
            EveryKey((from, limit, taken) => Text([.. KeyColumns, _bucket], from, limit, taken)!),
            Keyed(keys => Text([], FromRange(keys), "", Consumed(keys) + 2)!));

        string? Text(IReadOnlyList<string> cell, string from, string limit, int taken) => Dialect.Percentiles(
            new(cell, _t.Series.Value.Kind, _t.Value, $"t.{_t.Count}", from, limit, [.. Enumerable.Range(taken + 1, count).Select(Dialect.Parameter)]));
    }

    /// <summary>What decides between equal times: the order of the keys asked for.</summary>
    private static string Ties(int keys) => keys > 1 ? ", k.ord DESC" : "";

    private string Limit(int keys) => Dialect.Limit(Consumed(keys) + 3);

    private string Total(bool isStored = false) => _t.Series.Value.Kind switch
    {
        ColumnKind.Int64 when isStored => Dialect.StoredIntegerSum(Value),
        ColumnKind.Int64 => Dialect.IntegerSum(Value),
        ColumnKind.Decimal => Dialect.DecimalSum(Value),
        _ => Dialect.FloatSum(Value),
    };
}

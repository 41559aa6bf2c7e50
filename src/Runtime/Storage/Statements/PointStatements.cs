namespace Typed.Storage.Statements;

/// <summary>The statements on the points of a Series. Ranges take the first and last instant after the keys, then the limit.</summary>
internal sealed class PointStatements : TableStatements
{
    private readonly PointTable _t;

    public PointStatements(PointTable table, Dialect dialect, StatisticsShape shape)
        : base(table, dialect)
    {
        _t = table;
        Range = Keyed(keys => $"{Select(keys)} ORDER BY {Position}, t.{table.Sequence}{Dialect.Limit(Consumed(keys) + 3)}");
        Collapse = Keyed(Select);
        Statistics = Keyed(keys => StatisticsText(keys, shape));
        CollapsedStatistics = Keyed(keys =>
            $"SELECT {string.Join(", ", StatisticsColumns(shape, Count(), weight: null))}{FromRange(keys)} HAVING count(*) > 0");
    }

    /// <summary>Time, number of the key, sequence and value, by time.</summary>
    public KeyedSql Range { get; }

    /// <inheritdoc/>
    /// <remarks>Points know their slot by their time: these are the rows of <see cref="Range"/>.</remarks>
    public override KeyedSql Unmerged => Range;

    /// <summary>The rows of <see cref="Range"/> for a whole range, in no order.</summary>
    public KeyedSql Collapse { get; }

    /// <summary>Bucket and statistics, ascending; after the keys it takes the starts of the buckets and the end of the last, each list as one text.</summary>
    public KeyedSql Statistics { get; }

    /// <summary>The statistics of a whole range.</summary>
    public KeyedSql CollapsedStatistics { get; }

    private string Select(int keys) =>
        $"SELECT {Position}, {KeyNumber(keys)}, t.{_t.Sequence}, {Value}{FromRange(keys)}";

    private string StatisticsText(int keys, StatisticsShape shape) => Dialect.SelectByBucket(new(
        _t.Sql,
        Position,
        string.Join(", ", StatisticsColumns(shape, Count(), weight: null)),
        Dialect.Parameter(Consumed(keys) + 1),
        Dialect.Parameter(Consumed(keys) + 2),
        keys > 1 ? Dialect.KeySource(_t.KeyKinds) : null,
        [.. OnKeys(keys)],
        conditions => From(keys, conditions)));

    private string Count() => Dialect.IntegerSum("1");
}

using Typed.Time;

namespace Typed.Storage.Statements;

/// <summary>The statements on the points of a Series. Ranges take the first and last instant after the keys, then the limit.</summary>
internal sealed class PointStatements : TableStatements
{
    private readonly PointTable _t;
    private readonly StatisticsShape _shape;

    public PointStatements(PointTable table, Dialect dialect, StatisticsShape shape)
        : base(table, dialect)
    {
        _t = table;
        _shape = shape;
        Range = Keyed(keys => $"{Select(keys)} ORDER BY {Position}, t.{table.Sequence}{Dialect.Limit(Consumed(keys) + 3)}");
        AllKeys = EveryKey((from, limit, _) =>
            $"SELECT {string.Join(", ", KeyColumns)}, {Columns(1)}{from} ORDER BY {string.Join(", ", KeyColumns)}, {Position}, t.{table.Sequence}{limit}");
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

    /// <summary>Key, time, a number, sequence and value, in the order of the primary key.</summary>
    public AllKeysSql AllKeys { get; }

    /// <summary>The rows of <see cref="Range"/> for a whole range, in no order.</summary>
    public KeyedSql Collapse { get; }

    /// <summary>Bucket and statistics, ascending; after the keys it takes the starts of the buckets and the end of the last, each list as one text.</summary>
    public KeyedSql Statistics { get; }

    /// <summary>The statistics of a whole range.</summary>
    public KeyedSql CollapsedStatistics { get; }

    /// <summary>Key, bucket and statistics of an interval's buckets, in the order of key and bucket.</summary>
    public AllKeysSql AllStatistics(IntervalSpec interval) => EveryKey((from, limit, _) =>
    {
        string[] cell = [.. KeyColumns, Dialect.CellStart(Position, interval.Step, interval.Zone)];
        var by = string.Join(", ", cell);
        return $"SELECT {by}, {string.Join(", ", StatisticsColumns(_shape, Count(), weight: null))}{from} GROUP BY {by} ORDER BY {by}{limit}";
    });

    private string Select(int keys) => $"SELECT {Columns(keys)}{FromRange(keys)}";

    private string Columns(int keys) => $"{Position}, {KeyNumber(keys)}, t.{_t.Sequence}, {Value}";

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

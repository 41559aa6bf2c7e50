using System.Numerics;
using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Cli.Reading;
using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Writing;
using Typed.Writing.Spool;

namespace Typed.Cli.Spools;

/// <summary>Makes lanes for the points of series that only the catalog describes: the library's own, closed over how keys and values are stored.</summary>
internal sealed class PointLanes
{
    private readonly StoredSeries _series;
    private readonly IReadOnlyList<SeriesTable> _tables;
    private readonly SeriesDefinition _definition;

    private PointLanes(StoredSeries series, IReadOnlyList<SeriesTable> tables)
    {
        (_series, _tables) = (series, tables);
        _definition = new(
            typeof(StoredSeries), typeof(Dictionary<string, object>), series.Name, series.Type, [.. series.Keys.Select(Define)], Define(series.Value),
            [.. series.Intervals.Select(interval => interval.Grid.ToString())]);

        static ColumnDefinition Define(StoredColumn column) => new(column.Member, typeof(object), column.Kind);
    }

    /// <summary>The lane of a series.</summary>
    public static async Task<ISpooledLane> OfAsync(StoredDatabase database, StoredSeries series, string layout, CancellationToken cancellationToken)
    {
        List<SeriesTable> tables = [];
        var intervals = series.Intervals.DistinctBy(interval => interval.Table, StringComparer.Ordinal);
        foreach (var interval in intervals.OrderBy(interval => interval.Table, StringComparer.Ordinal))
        {
            tables.Add(await SeriesTable.FindAsync(database, series, interval, cancellationToken));
        }

        return new AsStored(new PointLanes(series, tables).Make(), layout);
    }

    private ISpooledLane Make() => (_series.Type, _series.Value.Kind) switch
    {
        (SeriesType.Count, ColumnKind.Int64) => Count<long, Int64Column>(),
        (SeriesType.Count, ColumnKind.Double) => Count<double, DoubleColumn>(),
        (SeriesType.Count, ColumnKind.Decimal) => Count<decimal, DecimalColumn>(),
        (SeriesType.Summary, ColumnKind.Int64) => Summary<long, Int64Column>(),
        (SeriesType.Summary, ColumnKind.Double) => Summary<double, DoubleColumn>(),
        (SeriesType.Summary, ColumnKind.Decimal) => Summary<decimal, DecimalColumn>(),
        (_, ColumnKind.Boolean) => Other<bool, BooleanColumn>(),
        (_, ColumnKind.Int16) => Other<short, Int16Column>(),
        (_, ColumnKind.Int32) => Other<int, Int32Column>(),
        (_, ColumnKind.Int64) => Other<long, Int64Column>(),
        (_, ColumnKind.Single) => Other<float, SingleColumn>(),
        (_, ColumnKind.Double) => Other<double, DoubleColumn>(),
        (_, ColumnKind.Decimal) => Other<decimal, DecimalColumn>(),
        (_, ColumnKind.Text) => Other<string, TextColumn>(),
        (_, ColumnKind.Guid) => Other<Guid, GuidColumn>(),
        (_, ColumnKind.Instant) => Other<DateTimeOffset, DateTimeOffsetColumn>(),
        (_, ColumnKind.Date) => Other<DateOnly, DateOnlyColumn>(),
        (_, ColumnKind.Time) => Other<TimeOnly, TimeOnlyColumn>(),
        (_, ColumnKind.Duration) => Other<TimeSpan, TimeSpanColumn>(),
        (_, ColumnKind.Blob) => Other<byte[], BlobColumn>(),
        var (type, kind) => throw new CliException(
            ExitCodes.BadInput, $"{_series.Name} is a {type} of {kind}, which cannot be replayed here.", "Open its store: it sends them."),
    };

    private PointLane<StoredKey, TValue> Count<TValue, TColumn>()
        where TValue : struct, INumber<TValue>
        where TColumn : struct, ITotalColumn<TValue> => Rollup<TValue, TColumn, TValue, TotalStatistics<TValue>>(new CountKind<TValue, TColumn>());

    private PointLane<StoredKey, TValue> Summary<TValue, TColumn>()
        where TValue : struct, INumber<TValue>
        where TColumn : struct, ITotalColumn<TValue> =>
        Rollup<TValue, TColumn, Summary<TValue>, CountStatistics>(new SummaryKind<TValue, TColumn, CountStatistics>(static one => new(one.Count, Rate: 0)));

    private PointLane<StoredKey, TValue> Other<TValue, TColumn>()
        where TValue : notnull
        where TColumn : struct, IColumn<TValue>
    {
        var statistics = Statistics.Counted<TValue>();
        return _series.Type switch
        {
            SeriesType.Histogram => Rollup<TValue, TColumn, Histogram<TValue>, CountStatistics>(
                new HistogramKind<TValue, TColumn, CountStatistics>(statistics)),
            SeriesType.Set => Rollup<TValue, TColumn, IReadOnlySet<TValue>, CountStatistics>(new SetKind<TValue, TColumn, CountStatistics>(statistics)),
            SeriesType.Gauge => Rollup<TValue, TColumn, TValue, CountStatistics>(
                new GaugeKind<TValue, TColumn, TValue, CountStatistics>(statistics, static value => value)),
            _ => Lane<TValue, TColumn>([new PointCombiner<StoredKey, TValue, TColumn>(PointsTable(), _definition.Intervals)]),
        };
    }

    private PointLane<StoredKey, TValue> Rollup<TValue, TColumn, TRead, TStats>(RollupKind<TValue, TRead, TStats> kind)
        where TColumn : struct, IColumn<TValue>
        where TStats : struct, IStatistics<TStats> => Lane<TValue, TColumn>(
        [
            .. _tables.Select(table => new StoredGrid.Combiner<TValue>(
                kind.NewCombiner<StoredKey, StoredGrid>(table.Rollup().Rollup.Write, _definition, table.Interval.Grid), table.Interval.Grid)),
        ]);

    private PointLane<StoredKey, TValue> Lane<TValue, TColumn>(IReadOnlyList<Combiner<StoredKey, TValue>> combiners)
        where TColumn : struct, IColumn<TValue> => new(_definition, () => new PointBuffer<StoredKey, TValue, TColumn>(_definition), combiners);

    /// <summary>The points of a Series: the database numbers them.</summary>
    private WriteTable PointsTable()
    {
        var table = _tables[0];
        var written = table.RowColumns.Zip(table.ColumnNames).Where(column => column.First.Name != nameof(Schema.SeriesColumnRole.Sequence));
        return new(schema: null, table.Interval.Table, [.. written.Select(column => new WriteColumn(column.Second, column.First.Kind))], WriteConflict.Append);
    }

    /// <summary>A lane under the layout that stands in the spool, which was compared with the catalog's.</summary>
    private sealed class AsStored(ISpooledLane lane, string layout) : ISpooledLane
    {
        public string SpoolLayout => layout;

        public string? Unfit(string layout) => null;

        public void Feed(StoreWriter writer, RecordReader record, long item) => lane.Feed(writer, record, item);
    }
}

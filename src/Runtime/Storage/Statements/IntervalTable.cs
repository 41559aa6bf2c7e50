using Typed.Schema;

namespace Typed.Storage.Statements;

/// <summary>The table of one interval of a rolled-up series.</summary>
internal sealed class IntervalTable : StoredTable
{
    public IntervalTable(TableDefinition table, Dialect dialect, SeriesDefinition series)
        : base(table, dialect, series, SeriesColumns.Bucket)
    {
        Slot = FindColumn(SeriesColumns.Slot) is { } slot ? Quoting.Name(slot) : null;
        Count = series.Type == SeriesType.Histogram ? Column(SeriesColumns.Count) : null;
        Summary = series.Type == SeriesType.Summary ? NewSummary() : null;
        Time = series.Type == SeriesType.Gauge ? Column(SeriesColumns.Time) : null;
        Write = NewWriteTable();
    }

    public override WriteTable Write { get; }

    public string Bucket => Position;

    /// <summary>The column of the slot; null where the interval is coarse.</summary>
    public string? Slot { get; }

    /// <summary>The column of the count, which only histograms have.</summary>
    public string? Count { get; }

    /// <summary>The column of the time of the latest value, which only gauges have.</summary>
    public string? Time { get; }

    /// <summary>The columns of a Summary; null where the table is none.</summary>
    public SummaryColumns? Summary { get; }

    /// <summary>The columns of what a cell holds, in the order in which it is read.</summary>
    public IReadOnlyList<string> Content => Series.Type switch
    {
        SeriesType.Summary => [Summary!.Count, Summary.Min, Summary.Max, Summary.Squares, Summary.Sum],
        SeriesType.Gauge => [Time!, Value],
        SeriesType.Histogram => [Value, Count!],
        _ => [Value],
    };

    /// <summary>The columns that identify a cell: keys, bucket and slot.</summary>
    public IReadOnlyList<string> CellColumns => Slot is null ? [.. Keys, Bucket] : [.. Keys, Bucket, Slot];

    public override IReadOnlyList<string> Order => Series.Type is SeriesType.Histogram or SeriesType.Set ? [.. CellColumns, Value] : CellColumns;

    private SummaryColumns NewSummary() => new(
        Series.Value.Kind,
        Column(SeriesColumns.Count),
        Value,
        Column(nameof(SeriesColumnRole.Min)),
        Column(nameof(SeriesColumnRole.Max)),
        Column(nameof(SeriesColumnRole.SquaredDeviations)));

    private WriteTable NewWriteTable()
    {
        List<WriteColumn> columns = [.. KeyColumns];
        List<string> key = [.. columns.Select(column => column.Name)];
        WriteColumn? deciding = null;
        foreach (var column in SeriesColumns.After(Series.Type, fine: Slot is not null))
        {
            var written = column.Role switch
            {
                SeriesColumnRole.Value => ValueColumn,
                SeriesColumnRole.Count => new WriteColumn(BareColumn(column.Name), ColumnKind.Int64),
                SeriesColumnRole.Sum or SeriesColumnRole.Min or SeriesColumnRole.Max => new WriteColumn(BareColumn(column.Name), Series.Value.Kind),
                SeriesColumnRole.SquaredDeviations => new WriteColumn(BareColumn(column.Name), ColumnKind.Double),
                _ => InstantColumn(column.Name),
            };
            columns.Add(written);
            if (column.IsInKey)
            {
                key.Add(written.Name);
            }
            else
            {
                deciding = written;
            }
        }

        var conflict = Series.Type switch
        {
            SeriesType.Set => WriteConflict.Ignore,
            SeriesType.Gauge => WriteConflict.KeepLatest,
            SeriesType.Summary => WriteConflict.AddSummary,
            _ => WriteConflict.AddTotal,
        };
        return new(Schema, Name, columns, conflict) { Key = key, Deciding = deciding, Summary = Summary };
    }
}

/// <summary>The table of a Series' points.</summary>
internal sealed class PointTable : StoredTable
{
    public PointTable(TableDefinition table, Dialect dialect, SeriesDefinition series)
        : base(table, dialect, series, SeriesColumns.Time)
    {
        Sequence = Column(SeriesColumns.Sequence);

        // Rows are inserted in the order given, so that the database numbers them in write order.
        Write = new(Schema, Name, [.. KeyColumns, InstantColumn(SeriesColumns.Time), ValueColumn], WriteConflict.Append);
    }

    public override WriteTable Write { get; }

    public string Time => Position;

    /// <summary>Write order, given by the database.</summary>
    public string Sequence { get; }

    public override IReadOnlyList<string> Order => [.. Keys, Time, Sequence];
}

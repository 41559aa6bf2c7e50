using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;

namespace Typed.Storage.Statements;

/// <summary>The table of one interval of a rolled-up series.</summary>
internal sealed class IntervalTable : StoredTable
{
    public IntervalTable(IModel model, Dialect dialect, SeriesDefinition series, string interval)
        : base(model, dialect, series, SeriesModel.EntityName(series, interval), SeriesModel.Bucket)
    {
        Slot = FindColumn(SeriesModel.Slot) is { } slot ? Quoting.Name(slot) : null;
        Count = series.Type == SeriesType.Histogram ? Column(SeriesModel.Count) : null;
        Time = series.Type == SeriesType.Gauge ? Column(SeriesModel.Time) : null;
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

    /// <summary>The columns that identify a cell: keys, bucket and slot.</summary>
    public IReadOnlyList<string> CellColumns => Slot is null ? [.. Keys, Bucket] : [.. Keys, Bucket, Slot];

    public override IReadOnlyList<string> Order => Series.Type is SeriesType.Histogram or SeriesType.Set ? [.. CellColumns, Value] : CellColumns;

    private WriteTable NewWriteTable()
    {
        List<WriteColumn> key = [.. KeyColumns, InstantColumn(SeriesModel.Bucket)];
        if (Slot is not null)
        {
            key.Add(InstantColumn(SeriesModel.Slot));
        }

        var value = ValueColumn;
        switch (Series.Type)
        {
            case SeriesType.Set:
                return Table([.. key, value], [], WriteConflict.Ignore, deciding: null);
            case SeriesType.Histogram:
                var count = new WriteColumn(BareColumn(SeriesModel.Count), ColumnKind.Int64);
                return Table([.. key, value], [count], WriteConflict.AddTotal, count);
            case SeriesType.Gauge:
                var time = InstantColumn(SeriesModel.Time);
                return Table(key, [value, time], WriteConflict.KeepLatest, time);
            default:
                return Table(key, [value], WriteConflict.AddTotal, value);
        }
    }

    private WriteTable Table(List<WriteColumn> key, List<WriteColumn> content, WriteConflict conflict, WriteColumn? deciding) =>
        new(Schema, Name, [.. key, .. content], conflict) { Key = [.. key.Select(column => column.Name)], Deciding = deciding };
}

/// <summary>The table of a Series' points.</summary>
internal sealed class PointTable : StoredTable
{
    public PointTable(IModel model, Dialect dialect, SeriesDefinition series)
        : base(model, dialect, series, SeriesModel.PointsName(series), SeriesModel.Time)
    {
        Sequence = Column(SeriesModel.Sequence);

        // Rows are inserted in the order given, so that the database numbers them in write order.
        Write = new(Schema, Name, [.. KeyColumns, InstantColumn(SeriesModel.Time), ValueColumn], WriteConflict.Append);
    }

    public override WriteTable Write { get; }

    public string Time => Position;

    /// <summary>Write order, given by the database.</summary>
    public string Sequence { get; }

    public override IReadOnlyList<string> Order => [.. Keys, Time, Sequence];
}

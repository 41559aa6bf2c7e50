using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Generated;
using Typed.Storage.Model;
using Typed.Writing;

namespace Typed.Storage.Tables;

/// <summary>The table of one interval of a rolled-up series.</summary>
internal sealed class IntervalTable : StoredTable
{
    public IntervalTable(IModel model, Dialect dialect, SeriesDefinition series, string interval)
        : base(model, dialect, series, SeriesModel.EntityName(series, interval), SeriesModel.Bucket)
    {
        Slot = Find(SeriesModel.Slot);
        Count = series.Type == SeriesType.Histogram ? Column(SeriesModel.Count) : null;
        Time = series.Type == SeriesType.Gauge ? Column(SeriesModel.Time) : null;
    }

    public string Bucket => Position;

    /// <summary>Null where the interval is coarse.</summary>
    public string? Slot { get; }

    /// <summary>Histograms only.</summary>
    public string? Count { get; }

    /// <summary>Gauges only.</summary>
    public string? Time { get; }

    /// <summary>Key columns, bucket and slot: what names a cell.</summary>
    public IReadOnlyList<string> Cell => Slot is null ? [.. Keys, Bucket] : [.. Keys, Bucket, Slot];

    public override IReadOnlyList<string> Order => Series.Type is SeriesType.Histogram or SeriesType.Set ? [.. Cell, Value] : Cell;
}

/// <summary>The table of a Series' points.</summary>
internal sealed class PointTable : StoredTable
{
    public PointTable(IModel model, Dialect dialect, SeriesDefinition series)
        : base(model, dialect, series, SeriesModel.PointsName(series), SeriesModel.Time) => Sequence = Column(SeriesModel.Sequence);

    public string Time => Position;

    /// <summary>Write order, given by the database.</summary>
    public string Sequence { get; }

    public override IReadOnlyList<string> Order => [.. Keys, Time, Sequence];
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Generated;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Maps declared series into an EF model: one shared-type entity and table per interval.</summary>
internal static class SeriesModel
{
    public const string Bucket = "Bucket";
    public const string Slot = "Slot";
    public const string Count = "Count";
    public const string Time = "Time";

    public const string Sequence = "Sequence";

    /// <summary>The name of the entity of a Series' points: EF names the table after it, and an application's naming convention may rewrite that.</summary>
    public static string PointsName(SeriesDefinition series) => Names.Points(series.Name);

    /// <summary>The name of the entity of an interval, likewise.</summary>
    public static string EntityName(SeriesDefinition series, string interval) => Names.Table(series.Name, interval);

    public static void Map(ModelBuilder model, SeriesDefinition series, TableMapping mapping)
    {
        if (series.Type == SeriesType.Series)
        {
            model.SharedTypeEntity(PointsName(series), series.RowType, entity =>
            {
                entity.Metadata.SetAnnotation(Annotations.Series, series.PointType.FullName);
                MapPoints(entity, series, mapping);
            });
            return;
        }

        foreach (var interval in series.Intervals)
        {
            model.SharedTypeEntity(EntityName(series, interval.Name), series.RowType, entity =>
            {
                entity.Metadata.SetAnnotation(Annotations.Series, series.PointType.FullName);
                entity.Metadata.SetAnnotation(Annotations.Interval, interval.Name);
                MapTable(entity, series, interval.IsFine, mapping);
            });
        }
    }

    private static void MapPoints(EntityTypeBuilder entity, SeriesDefinition series, TableMapping mapping)
    {
        List<string> order = [.. series.Keys.Select(column => ModelColumns.Add(entity, column, mapping))];
        order.Add(ModelColumns.Add(entity, new(Time, typeof(DateTimeOffset), ColumnKind.Instant), mapping));
        order.Add(ModelColumns.Add(entity, new(Sequence, typeof(long), ColumnKind.Int64), mapping));
        ModelColumns.Add(entity, series.Value, mapping);
        entity.Property(Sequence).ValueGeneratedOnAdd();
        mapping.MapPointKey(entity, order, Sequence);
    }

    private static void MapTable(EntityTypeBuilder entity, SeriesDefinition series, bool fine, TableMapping mapping)
    {
        List<string> key = [];
        foreach (var column in series.Keys)
        {
            key.Add(ModelColumns.Add(entity, column, mapping));
        }

        key.Add(ModelColumns.Add(entity, new(Bucket, typeof(DateTimeOffset), ColumnKind.Instant), mapping));
        if (fine)
        {
            key.Add(ModelColumns.Add(entity, new(Slot, typeof(DateTimeOffset), ColumnKind.Instant), mapping));
        }
        else
        {
            entity.Ignore(Slot);
        }

        var value = ModelColumns.Add(entity, series.Value, mapping);
        switch (series.Type)
        {
            case SeriesType.Histogram:
                key.Add(value);
                ModelColumns.Add(entity, new(Count, typeof(long), ColumnKind.Int64), mapping);
                break;
            case SeriesType.Set:
                key.Add(value);
                break;
            case SeriesType.Gauge:
                ModelColumns.Add(entity, new(Time, typeof(DateTimeOffset), ColumnKind.Instant), mapping);
                break;
        }

        entity.HasKey([.. key]);
        mapping.MapBuckets(entity);
    }
}

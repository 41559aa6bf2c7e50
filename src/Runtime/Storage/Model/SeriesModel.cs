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

    public static void Map(ModelBuilder model, SeriesDefinition series, DatabaseKind database)
    {
        if (series.Type == SeriesType.Series)
        {
            model.SharedTypeEntity(PointsName(series), series.RowType, entity =>
            {
                entity.Metadata.SetAnnotation(Annotations.Series, series.PointType.FullName);
                MapPoints(entity, series, database);
            });
            return;
        }

        foreach (var interval in series.Intervals)
        {
            model.SharedTypeEntity(EntityName(series, interval.Name), series.RowType, entity =>
            {
                entity.Metadata.SetAnnotation(Annotations.Series, series.PointType.FullName);
                entity.Metadata.SetAnnotation(Annotations.Interval, interval.Name);
                MapTable(entity, series, interval.IsFine, database);
            });
        }
    }

    private static void MapPoints(EntityTypeBuilder entity, SeriesDefinition series, DatabaseKind database)
    {
        List<string> order = [.. series.Keys.Select(column => ModelColumns.Add(entity, column, database))];
        order.Add(ModelColumns.Add(entity, new(Time, typeof(DateTimeOffset), ColumnKind.Instant), database));
        order.Add(ModelColumns.Add(entity, new(Sequence, typeof(long), ColumnKind.Int64), database));
        ModelColumns.Add(entity, series.Value, database);
        entity.Property(Sequence).ValueGeneratedOnAdd();
        if (database == DatabaseKind.Postgres)
        {
            entity.HasKey([.. order]);
        }
        else
        {
            // SQLite numbers rows by an INTEGER PRIMARY KEY only; the order of the other key is an index, as it would be anyway.
            entity.HasKey(Sequence);
            entity.HasIndex([.. order]).IsUnique();
        }
    }

    private static void MapTable(EntityTypeBuilder entity, SeriesDefinition series, bool fine, DatabaseKind database)
    {
        List<string> key = [];
        foreach (var column in series.Keys)
        {
            key.Add(ModelColumns.Add(entity, column, database));
        }

        key.Add(ModelColumns.Add(entity, new(Bucket, typeof(DateTimeOffset), ColumnKind.Instant), database));
        if (fine)
        {
            key.Add(ModelColumns.Add(entity, new(Slot, typeof(DateTimeOffset), ColumnKind.Instant), database));
        }
        else
        {
            entity.Ignore(Slot);
        }

        var value = ModelColumns.Add(entity, series.Value, database);
        switch (series.Type)
        {
            case SeriesType.Histogram:
                key.Add(value);
                ModelColumns.Add(entity, new(Count, typeof(long), ColumnKind.Int64), database);
                break;
            case SeriesType.Set:
                key.Add(value);
                break;
            case SeriesType.Gauge:
                ModelColumns.Add(entity, new(Time, typeof(DateTimeOffset), ColumnKind.Instant), database);
                break;
        }

        entity.HasKey([.. key]);
        if (database == DatabaseKind.Postgres)
        {
            // Updates of totals then stay on their page (HOT): twice the speed of a full page.
            entity.HasAnnotation("Npgsql:StorageParameter:fillfactor", 70);
        }
    }
}

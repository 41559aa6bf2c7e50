using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Maps declared series into an EF model: one shared-type entity and table per interval.</summary>
internal static class SeriesModel
{
    public const string Bucket = SeriesColumns.Bucket;
    public const string Slot = SeriesColumns.Slot;
    public const string Count = SeriesColumns.Count;
    public const string Time = SeriesColumns.Time;

    public const string Sequence = SeriesColumns.Sequence;

    /// <summary>
    /// The name of the entity of a Series' points. EF names the table after it, and an application's naming convention may rewrite the table's name.
    /// </summary>
    public static string PointsName(SeriesDefinition series) => Names.Points(series.Name);

    /// <summary>The name of the entity of an interval, after which EF names the table.</summary>
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
        var order = AddColumns(entity, series, fine: false, mapping);
        entity.Property(Sequence).ValueGeneratedOnAdd();
        mapping.MapPointKey(entity, order, Sequence);
    }

    private static void MapTable(EntityTypeBuilder entity, SeriesDefinition series, bool fine, TableMapping mapping)
    {
        var key = AddColumns(entity, series, fine, mapping);
        if (!fine)
        {
            entity.Ignore(Slot);
        }

        entity.HasKey([.. key]);
        mapping.MapBuckets(entity);
    }

    /// <summary>Maps the columns of a table, and returns the properties of its primary key.</summary>
    private static List<string> AddColumns(EntityTypeBuilder entity, SeriesDefinition series, bool fine, TableMapping mapping)
    {
        List<string> key = [.. series.Keys.Select(column => ModelColumns.Add(entity, column, mapping))];
        foreach (var column in SeriesColumns.After(series.Type, fine))
        {
            var name = ModelColumns.Add(entity, Define(column, series), mapping);
            if (column.IsInKey)
            {
                key.Add(name);
            }
        }

        return key;
    }

    private static ColumnDefinition Define(SeriesColumn column, SeriesDefinition series) => column.Role switch
    {
        SeriesColumnRole.Value => series.Value,
        SeriesColumnRole.Sequence or SeriesColumnRole.Count => new(column.Name, typeof(long), ColumnKind.Int64),
        SeriesColumnRole.Sum or SeriesColumnRole.Min or SeriesColumnRole.Max => series.Value with { Member = column.Name },
        SeriesColumnRole.SquaredDeviations => new(column.Name, typeof(double), ColumnKind.Double),
        _ => new(column.Name, typeof(DateTimeOffset), ColumnKind.Instant),
    };
}

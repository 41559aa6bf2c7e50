using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Schema;
using Typed.Storage.Tables;

namespace Typed.Storage.Model;

/// <summary>Maps declared series into an EF model: one shared-type entity and table per interval.</summary>
internal static class SeriesModel
{
    /// <summary>
    /// The name of the entity of a Series' points. EF names the table after it, and an application's naming convention may rewrite the table's name.
    /// </summary>
    public static string PointsName(SeriesDefinition series) => Names.Points(series.Name);

    /// <summary>The name of the entity of an interval, after which EF names the table.</summary>
    public static string EntityName(SeriesDefinition series, string interval) => Names.Table(series.Name, interval);

    public static void Map(ModelBuilder model, SeriesDefinition series, Engine engine)
    {
        if (series.Type == SeriesType.Series)
        {
            model.SharedTypeEntity(PointsName(series), series.RowType, entity =>
            {
                entity.Metadata.SetAnnotation(Annotations.Series, series.PointType.FullName);
                MapTable(entity, SeriesTables.Points(series, engine.Dialect), engine.Mapping);
            });
            return;
        }

        foreach (var interval in series.Intervals)
        {
            model.SharedTypeEntity(EntityName(series, interval.Name), series.RowType, entity =>
            {
                entity.Metadata.SetAnnotation(Annotations.Series, series.PointType.FullName);
                entity.Metadata.SetAnnotation(Annotations.Interval, interval.Name);
                MapTable(entity, SeriesTables.Buckets(series, interval.Name, interval.IsFine), engine.Mapping);
                if (!interval.IsFine)
                {
                    entity.Ignore(SeriesColumns.Slot);
                }

                engine.Mapping.MapBuckets(entity);
            });
        }
    }

    private static void MapTable(EntityTypeBuilder entity, TableDefinition table, TableMapping mapping)
    {
        foreach (var column in table.Columns)
        {
            ModelColumns.Add(entity, column, mapping);
        }

        entity.HasKey([.. table.Key]);
        foreach (var index in table.Indexes)
        {
            entity.HasIndex([.. index.Members]).IsUnique(index.IsUnique);
        }
    }
}

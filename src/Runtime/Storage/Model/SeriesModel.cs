using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Generated;
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
        var order = AddColumns(entity, series, fine: false, database);
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
        var key = AddColumns(entity, series, fine, database);
        if (!fine)
        {
            entity.Ignore(Slot);
        }

        entity.HasKey([.. key]);
        if (database == DatabaseKind.Postgres)
        {
            // Updates of totals then stay on their page (HOT): twice the speed of a full page.
            entity.HasAnnotation("Npgsql:StorageParameter:fillfactor", 70);
        }
    }

    /// <summary>Maps the columns of a table, and returns the properties of its primary key.</summary>
    private static List<string> AddColumns(EntityTypeBuilder entity, SeriesDefinition series, bool fine, DatabaseKind database)
    {
        List<string> key = [.. series.Keys.Select(column => ModelColumns.Add(entity, column, database))];
        foreach (var column in SeriesColumns.After(series.Type, fine))
        {
            var name = ModelColumns.Add(entity, Define(column, series), database);
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
        _ => new(column.Name, typeof(DateTimeOffset), ColumnKind.Instant),
    };
}

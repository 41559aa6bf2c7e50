using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Maps the store's own tables: two, and two more where streams are followed.</summary>
internal static class SystemModel
{
    public const string Catalog = Names.Catalog;
    public const string Writers = Names.Writers;
    public const string Follow = Names.Follow;
    public const string Consumers = Names.Consumers;

    public static void Map(ModelBuilder model, TableMapping mapping, bool isFollowed)
    {
        model.Entity<CatalogEntry>(entity =>
        {
            entity.ToTable(Catalog).HasKey(e => e.Name);
            entity.Property(e => e.Name).HasColumnName("name");
            entity.Property(e => e.Layout).HasColumnName("layout");
        });

        model.Entity<WriterEntry>(entity =>
        {
            entity.ToTable(Writers).HasKey(e => e.Writer);
            entity.Property(e => e.Writer).HasColumnName("writer").ValueGeneratedNever();
            entity.Property(e => e.Seq).HasColumnName("seq");
            entity.Property(e => e.UpdatedAt).HasColumnName("updated_at");
            MapProperty(entity.Property(e => e.Writer), new(nameof(WriterEntry.Writer), typeof(Guid), ColumnKind.Guid), mapping);
            MapProperty(entity.Property(e => e.UpdatedAt), new(nameof(WriterEntry.UpdatedAt), typeof(DateTimeOffset), ColumnKind.Instant), mapping);
        });

        if (isFollowed)
        {
            MapFollowing(model, mapping);
        }
    }

    private static void MapFollowing(ModelBuilder model, TableMapping mapping)
    {
        model.Entity<FollowEntry>(entity =>
        {
            entity.ToTable(Follow).HasKey(e => e.Place);
            entity.Property(e => e.Place).HasColumnName("place").ValueGeneratedNever();
            entity.Property(e => e.Epoch).HasColumnName("epoch");
            entity.Property(e => e.Tx).HasColumnName("tx");
        });

        model.Entity<ConsumerEntry>(entity =>
        {
            entity.ToTable(Consumers).HasKey(e => e.Name);
            entity.Property(e => e.Name).HasColumnName("name");
            entity.Property(e => e.Stream).HasColumnName("stream");
            entity.Property(e => e.Namespace).HasColumnName("namespace");
            entity.Property(e => e.Position).HasColumnName("position");
            entity.Property(e => e.UpdatedAt).HasColumnName("updated_at");
            MapProperty(entity.Property(e => e.UpdatedAt), new(nameof(ConsumerEntry.UpdatedAt), typeof(DateTimeOffset), ColumnKind.Instant), mapping);
        });
    }

    private static void MapProperty(PropertyBuilder property, ColumnDefinition column, TableMapping mapping)
    {
        property.HasConversion(mapping.Converter(column));
        mapping.MapColumn(property, column.Kind);
    }
}

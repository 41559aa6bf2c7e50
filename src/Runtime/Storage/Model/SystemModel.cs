using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Maps the store's own two tables.</summary>
internal static class SystemModel
{
    public const string Catalog = Names.Catalog;
    public const string Writers = Names.Writers;

    public static void Map(ModelBuilder model, TableMapping mapping)
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
            Map(entity.Property(e => e.Writer), new(nameof(WriterEntry.Writer), typeof(Guid), ColumnKind.Guid));
            Map(entity.Property(e => e.UpdatedAt), new(nameof(WriterEntry.UpdatedAt), typeof(DateTimeOffset), ColumnKind.Instant));
        });

        void Map(PropertyBuilder property, ColumnDefinition column)
        {
            property.HasConversion(mapping.Converter(column));
            mapping.MapColumn(property, column.Kind);
        }
    }
}

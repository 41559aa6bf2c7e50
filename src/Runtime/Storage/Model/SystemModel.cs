using Microsoft.EntityFrameworkCore;
using Typed.Generated;
using Typed.Schema;
using Typed.Storage.Postgres;

namespace Typed.Storage.Model;

/// <summary>Maps the store's own two tables.</summary>
internal static class SystemModel
{
    public const string Catalog = Names.Catalog;
    public const string Writers = Names.Writers;

    public static void Map(ModelBuilder model, DatabaseKind database)
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
            if (database == DatabaseKind.Postgres)
            {
                entity.Property(e => e.UpdatedAt).HasColumnType(PostgresDialect.TypeName(ColumnKind.Instant));
            }
            else
            {
                entity.Property(e => e.UpdatedAt).HasConversion(Conversions.For(new(nameof(WriterEntry.UpdatedAt), typeof(DateTimeOffset), ColumnKind.Instant), database));
                entity.Property(e => e.Writer).HasConversion(Conversions.For(new(nameof(WriterEntry.Writer), typeof(Guid), ColumnKind.Guid), database));
            }
        });
    }
}

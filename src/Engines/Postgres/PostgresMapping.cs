using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Storage;
using Typed.Storage.Model;
using Typed.Time;

namespace Typed.Postgres;

/// <summary>How columns and tables are mapped for PostgreSQL.</summary>
internal sealed class PostgresMapping : TableMapping
{
    public static readonly PostgresMapping Instance = new();

    // Npgsql writes only offset zero, while a query may compare with any. It also turns the last tick of year 9999 into infinity, so stored times end at the
    // last microsecond.
    private static readonly ValueConverter s_utc =
        new ValueConverter<DateTimeOffset, DateTimeOffset>(value => Instant.ToDateTimeOffset(Instant.From(value)), stored => stored);

    public override BodyConverters Bodies { get; } = new PostgresBodyConverters();

    public override ValueConverter? Converter(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Instant => s_utc,
        _ when column.ClrType == typeof(float) => ColumnConversions.Single,
        _ => null,
    };

    public override void MapColumn(PropertyBuilder property, ColumnKind kind)
    {
        property.HasColumnType(PostgresDialect.TypeName(kind));
        if (kind == ColumnKind.Text)
        {
            property.UseCollation("C");
        }
    }

    public override void MapBuckets(EntityTypeBuilder entity) =>
        entity.HasAnnotation("Npgsql:StorageParameter:fillfactor", PostgresTables.BucketFillFactor);

    public override void MapCommitOrder(EntityTypeBuilder entity, TableColumn column)
    {
        var transaction = entity.Property(column.Definition.ClrType, column.Member);
        ModelColumns.OverrideConventions(transaction.Metadata, converter: null);
        transaction.HasColumnType(column.Type).HasDefaultValueSql(column.Default);
        ((IConventionProperty)transaction.Metadata).Builder.HasColumnName(column.Name);
    }

    public override string BodyType(BodyFormat format) => PostgresDialect.TypeName(format == BodyFormat.Json ? ColumnKind.Json : ColumnKind.Jsonb);
}

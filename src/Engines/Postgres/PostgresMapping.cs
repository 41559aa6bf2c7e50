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

    // Updates of totals then stay on their page (HOT): twice the speed of a full page.
    public override void MapBuckets(EntityTypeBuilder entity) => entity.HasAnnotation("Npgsql:StorageParameter:fillfactor", 70);

    public override void MapPointKey(EntityTypeBuilder entity, IReadOnlyList<string> order, string sequence) => entity.HasKey([.. order]);

    // The number of the transaction that wrote the event.
    public override void MapCommitOrder(EntityTypeBuilder entity, IReadOnlyList<string> key, string order)
    {
        entity.HasKey([.. key]);
        var transaction = entity.Property<ulong>(order);
        ModelColumns.OverrideConventions(transaction.Metadata, converter: null);
        transaction.HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        ((IConventionProperty)transaction.Metadata).Builder.HasColumnName("tx");
    }

    public override string BodyType(BodyFormat format) => format == BodyFormat.Json ? "json" : "jsonb";
}

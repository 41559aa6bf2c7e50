using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Storage;
using Typed.Storage.Model;
using Typed.Time;

namespace Typed.Sqlite;

/// <summary>How columns and tables are mapped for SQLite.</summary>
internal sealed class SqliteMapping : TableMapping
{
    public static readonly SqliteMapping Instance = new();

    private static readonly ValueConverter s_instant =
        new ValueConverter<DateTimeOffset, long>(value => Instant.From(value), stored => Instant.ToDateTimeOffset(stored));
    private static readonly ValueConverter s_guid =
        new ValueConverter<Guid, byte[]>(value => SqliteConversions.ToBytes(value), stored => SqliteConversions.ToGuid(stored));
    private static readonly ValueConverter s_duration =
        new ValueConverter<TimeSpan, long>(value => SqliteConversions.ToMicroseconds(value), stored => SqliteConversions.ToDuration(stored));

    /// <summary>Whether a converter is that of stored instants, UUIDs or durations.</summary>
    public static bool AreOwn(ValueConverter converter) =>
        Conversion.Is(converter, s_instant) || Conversion.Is(converter, s_guid) || Conversion.Is(converter, s_duration);

    /// <summary>The converter of stored durations.</summary>
    public static ValueConverter Duration => s_duration;

    /// <summary>The converter of stored UUIDs.</summary>
    public static ValueConverter Uuid => s_guid;

    /// <summary>Whether a converter is that of stored instants.</summary>
    public static bool IsInstant(ValueConverter? converter) => Conversion.Is(converter, s_instant);

    public override BodyConverters Bodies { get; } = new SqliteBodyConverters();

    public override ValueConverter? Converter(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Instant => s_instant,
        ColumnKind.Guid => s_guid,
        ColumnKind.Duration => s_duration,
        _ when column.ClrType == typeof(float) => ColumnConversions.Single,
        _ when column.ClrType == typeof(double) => ColumnConversions.Double,
        _ => null,
    };

    // SQLite has one writer at a time, so the order in which rows are inserted is that of commits. AUTOINCREMENT gives no number twice, also after deletions.
    public override void MapCommitOrder(EntityTypeBuilder entity, TableColumn column)
    {
        ModelColumns.Add(entity, column, this);
        entity.Property(column.Member).ValueGeneratedOnAdd();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Typed.Schema;
using Typed.Storage.Postgres;

namespace Typed.Storage.Model;

/// <summary>Maps a column as the statements store it.</summary>
internal static class ModelColumns
{
    /// <summary>Maps it and gives the property's name.</summary>
    public static string Add(EntityTypeBuilder entity, ColumnDefinition column, DatabaseKind database)
    {
        var property = entity.Property(column.ClrType, column.Member).IsRequired().ValueGeneratedNever();

        // A name that is not the member's comes from an application's naming convention.
        if (string.Equals(property.Metadata.GetColumnName(), column.Member, StringComparison.Ordinal))
        {
            ((IConventionProperty)property.Metadata).Builder.HasColumnName(Names.Shorten(Names.SnakeCase(column.Member)));
        }

        if (database == DatabaseKind.Postgres)
        {
            property.HasColumnType(PostgresDialect.TypeName(column.Kind));
            if (column.Kind == ColumnKind.Text)
            {
                property.UseCollation("C");
            }
        }

        if (Conversions.For(column, database) is { } converter)
        {
            property.HasConversion(converter);
        }

        return column.Member;
    }
}

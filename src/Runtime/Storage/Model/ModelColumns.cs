using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Generated;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Maps a column as the statements store it.</summary>
internal static class ModelColumns
{
    /// <summary>Maps it and gives the property's name.</summary>
    public static string Add(EntityTypeBuilder entity, ColumnDefinition column, TableMapping mapping)
    {
        var property = entity.Property(column.ClrType, column.Member).IsRequired().ValueGeneratedNever();

        // A name that is there already comes from an application's naming convention.
        if (property.Metadata.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
        {
            ((IConventionProperty)property.Metadata).Builder.HasColumnName(Names.Shorten(Names.SnakeCase(column.Member)));
        }

        Only(property.Metadata, ColumnConversions.Find(column, mapping));
        mapping.MapColumn(property, column.Kind);
        return column.Member;
    }

    /// <summary>
    /// Takes away what an application's <c>ConfigureConventions</c> says of all properties of a type: a precision would round what is stored, a conversion would write
    /// other values than the statements do, another type make numbers of SQLite's decimals, and a collation one key of two.
    /// </summary>
    public static void Only(IMutableProperty property, ValueConverter? converter)
    {
        property.SetColumnType(null);
        property.SetCollation(null);
        property.SetPrecision(null);
        property.SetScale(null);
        property.SetMaxLength(null);
        property.SetIsUnicode(null);
        property.SetProviderClrType(null);
        property.SetValueConverter(converter);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage.Model;

/// <summary>Maps a column as the statements store it.</summary>
internal static class ModelColumns
{
    /// <summary>Maps a column.</summary>
    public static void Add(EntityTypeBuilder entity, TableColumn column, TableMapping mapping)
    {
        var property = entity.Property(column.Definition.ClrType, column.Member).IsRequired().ValueGeneratedNever();

        // A column name that is set already comes from an application's naming convention.
        if (property.Metadata.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
        {
            ((IConventionProperty)property.Metadata).Builder.HasColumnName(column.Name);
        }

        OverrideConventions(property.Metadata, ColumnConversions.Find(column.Definition, mapping));
        mapping.MapColumn(property, column.Definition.Kind);
        if (column.IsNumbered)
        {
            property.ValueGeneratedOnAdd();
        }
    }

    /// <summary>
    /// Undoes what an application's <c>ConfigureConventions</c> sets for all properties of a type: a precision would round stored values, a conversion would
    /// write other values than the statements do, another column type would turn SQLite's decimals into numbers, and a collation would make one key of two.
    /// </summary>
    public static void OverrideConventions(IMutableProperty property, ValueConverter? converter)
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

using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage;

/// <summary>Maps columns and tables in an EF model, where the databases differ.</summary>
internal abstract class TableMapping
{
    /// <summary>The converter of a column that EF's provider would store in another way than the statements do; null for other columns.</summary>
    public abstract ValueConverter? Converter(ColumnDefinition column);

    /// <summary>Gives a column its type and collation.</summary>
    public virtual void MapColumn(PropertyBuilder property, ColumnKind kind)
    {
    }

    /// <summary>Sets the options of an interval's table that make its updates faster.</summary>
    public virtual void MapBuckets(EntityTypeBuilder entity)
    {
    }

    /// <summary>Gives the table of a Series' points its primary key.</summary>
    /// <param name="entity">The table.</param>
    /// <param name="order">The properties of its order: keys, time and sequence.</param>
    /// <param name="sequence">The property that the database numbers.</param>
    public abstract void MapPointKey(EntityTypeBuilder entity, IReadOnlyList<string> order, string sequence);

    /// <summary>Maps the property of a stream's commit order, which the database fills, and the primary key.</summary>
    /// <param name="entity">The table.</param>
    /// <param name="key">The properties that tell events apart.</param>
    /// <param name="order">The property of the order.</param>
    public abstract void MapCommitOrder(EntityTypeBuilder entity, IReadOnlyList<string> key, string order);

    /// <summary>How queries convert the members of bodies.</summary>
    public abstract BodyConverters Bodies { get; }

    /// <summary>The column type of bodies; null: the provider's own.</summary>
    public virtual string? BodyType(BodyFormat format) => null;
}

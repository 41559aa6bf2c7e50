using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;

namespace Typed.Storage.Statements;

/// <summary>A table of the EF model, with quoted names as the application's conventions made them.</summary>
internal abstract class MappedTable
{
    private readonly IEntityType _entity;
    private readonly StoreObjectIdentifier _id;

    /// <param name="model">The model.</param>
    /// <param name="dialect">The database.</param>
    /// <param name="name">The entity's name.</param>
    /// <param name="rows">The entity's type: another declared type may have a table of that name in this model.</param>
    /// <param name="declared">The declared type.</param>
    protected MappedTable(IModel model, Dialect dialect, string name, Type rows, Type declared)
    {
        var entity = model.FindEntityType(name);
        _entity = entity?.ClrType == rows
            ? entity
            : throw new InvalidOperationException(
                $"The model does not map {NameBeside(entity?.ClrType, declared)}. Add modelBuilder.AddTyped() to the context, or include its module in "
                    + "the store.");
        _id = StoreObjectIdentifier.Create(_entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{_entity.Name} is not mapped to a table.");
        Name = _id.Name;
        Schema = _id.Schema;
        Sql = dialect.Table(_id.Schema, _id.Name);
    }

    /// <summary>The declared type's name, with its assembly where the model maps another type of the same name to the table.</summary>
    private static string NameBeside(Type? rows, Type declared)
    {
        var other = rows is { IsGenericType: true } ? rows.GenericTypeArguments[0] : rows?.DeclaringType;
        return other is not null && DeclarationSet.IsTwin(other, declared)
            ? $"{DeclarationSet.WithAssembly(declared)}, but {DeclarationSet.WithAssembly(other)}"
            : declared.FullName!;
    }

    /// <summary>The bare name.</summary>
    public string Name { get; }

    /// <summary>The schema, where the model has one.</summary>
    public string? Schema { get; }

    /// <summary>The table for writing rows into it.</summary>
    public abstract WriteTable Write { get; }

    /// <summary>The quoted name with its schema.</summary>
    public string Sql { get; }

    /// <summary>The quoted name of a property's column.</summary>
    protected string Column(string property) => Quoting.Name(BareColumn(property));

    /// <summary>The name of a property's column.</summary>
    protected string BareColumn(string property) =>
        FindColumn(property) ?? throw new InvalidOperationException($"{_entity.Name}.{property} is not mapped to a column of {Name}.");

    /// <summary>The name of a property's column; null where the entity has no such property.</summary>
    protected string? FindColumn(string property) => _entity.FindProperty(property)?.GetColumnName(_id);
}

/// <summary>A table of a series.</summary>
internal abstract class StoredTable : MappedTable
{
    protected StoredTable(IModel model, Dialect dialect, SeriesDefinition series, string entityName, string position)
        : base(model, dialect, entityName, series.RowType, series.PointType)
    {
        Series = series;
        Keys = [.. series.Keys.Select(k => Column(k.Member))];
        KeyKinds = [.. series.Keys.Select(k => k.Kind)];
        Position = Column(position);
        Value = Column(series.Type == SeriesType.Summary ? SeriesColumns.Sum : series.Value.Member);
    }

    public SeriesDefinition Series { get; }

    public IReadOnlyList<string> Keys { get; }

    public IReadOnlyList<ColumnKind> KeyKinds { get; }

    /// <summary>Where a row stands in time: its bucket, or a point's own time.</summary>
    public string Position { get; }

    /// <summary>The column of the value; of a Summary that of the sum.</summary>
    public string Value { get; }

    /// <summary>The order of the primary key.</summary>
    public abstract IReadOnlyList<string> Order { get; }

    protected IEnumerable<WriteColumn> KeyColumns => Series.Keys.Select(key => new WriteColumn(BareColumn(key.Member), key.Kind));

    protected WriteColumn ValueColumn => new(BareColumn(Series.Value.Member), Series.Value.Kind);

    protected WriteColumn InstantColumn(string property) => new(BareColumn(property), ColumnKind.Instant);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed.Storage.Tables;

/// <summary>The table of one interval as the EF model has it: names quoted, after every renaming.</summary>
internal sealed class IntervalTable
{
    private readonly IEntityType _entity;
    private readonly StoreObjectIdentifier _id;

    public IntervalTable(IModel model, SeriesDefinition series, string interval)
    {
        _entity = model.FindEntityType(SeriesModel.EntityName(series, interval))
            ?? throw new InvalidOperationException(
                $"The model does not map {series.PointType.FullName}. Add modelBuilder.AddTyped() to the context, or include its module in the store.");
        _id = StoreObjectIdentifier.Create(_entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{_entity.Name} is not mapped to a table.");
        Series = series;
        Name = _id.Name;
        Sql = Quote(_id.Schema, _id.Name);
        Keys = [.. series.Keys.Select(k => Column(k.Member))];
        Bucket = Column(SeriesModel.Bucket);
        Slot = Find(SeriesModel.Slot);
        Value = Column(series.Value.Member);
        Count = Find(SeriesModel.Count);
        Time = Find(SeriesModel.Time);
    }

    public SeriesDefinition Series { get; }

    /// <summary>The bare name.</summary>
    public string Name { get; }

    /// <summary>The quoted name with its schema.</summary>
    public string Sql { get; }

    public IReadOnlyList<string> Keys { get; }

    public string Bucket { get; }

    /// <summary>Null where the interval is coarse.</summary>
    public string? Slot { get; }

    public string Value { get; }

    /// <summary>Histograms only.</summary>
    public string? Count { get; }

    /// <summary>Gauges only.</summary>
    public string? Time { get; }

    public IReadOnlyList<ColumnKind> KeyKinds => [.. Series.Keys.Select(k => k.Kind)];

    /// <summary>Key columns, bucket and slot: what names a cell.</summary>
    public IReadOnlyList<string> Cell => Slot is null ? [.. Keys, Bucket] : [.. Keys, Bucket, Slot];

    public static string Quote(string? schema, string name) => schema is null ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Column(string property) =>
        Find(property) ?? throw new InvalidOperationException($"{_entity.Name}.{property} is not mapped to a column of {Name}.");

    private string? Find(string property) =>
        _entity.FindProperty(property)?.GetColumnName(_id) is { } column ? Quote(column) : null;
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;
using Typed.Storage.Tables;

namespace Typed.Storage.Model;

/// <summary>The names that an EF model has for tables and columns, as an application's conventions made them.</summary>
internal sealed class ModelNaming(IModel model) : TableNaming
{
    public override TableDefinition Name(TableDefinition table, Type rows, Type declared) => Name(table, Find(model, table.Entity, rows, declared));

    /// <summary>The entity of a table.</summary>
    /// <exception cref="InvalidOperationException">The model lacks it.</exception>
    public static IEntityType Find(IModel model, string table, Type rows, Type declared)
    {
        var entity = model.FindEntityType(table);
        return entity?.ClrType == rows
            ? entity
            : throw new InvalidOperationException(
                $"The model does not map {NameBeside(entity?.ClrType, declared)}. Add modelBuilder.AddTyped() to the context, or include its module in "
                    + $"the store.{CompiledModel.Hint(model)}");
    }

    /// <summary>The declared type's name, with its assembly where the model maps another type of the same name to the table.</summary>
    private static string NameBeside(Type? rows, Type declared)
    {
        var other = rows is { IsGenericType: true } ? rows.GenericTypeArguments[0] : rows?.DeclaringType;
        return other is not null && DeclarationSet.IsTwin(other, declared)
            ? $"{DeclarationSet.WithAssembly(declared)}, but {DeclarationSet.WithAssembly(other)}"
            : declared.FullName!;
    }

    private static TableDefinition Name(TableDefinition table, IEntityType entity)
    {
        var place = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{entity.Name} is not mapped to a table.");
        return table with
        {
            Name = place.Name,
            Schema = place.Schema,
            IsOfModel = true,
            Columns = [.. table.Columns.Select(column => column with { Name = ColumnOf(entity, column.Member, place) })],
            KeyName = entity.FindPrimaryKey()?.GetName(),

            // Loads into a table that a model names are not listed, so its index leaves nothing out.
            Indexes = [.. table.Indexes.Select(index => index with { Name = NameOf(entity, index), Filter = null })],
        };
    }

    private static string? NameOf(IEntityType entity, TableIndex index) => entity.GetIndexes()
        .FirstOrDefault(one => one.Properties.Select(property => property.Name).SequenceEqual(index.Members, StringComparer.Ordinal))?.GetDatabaseName();

    private static string ColumnOf(IEntityType entity, string member, in StoreObjectIdentifier place) =>
        entity.FindComplexProperty(member) is { } body
            ? body.ComplexType.GetContainerColumnName()!
            : entity.FindProperty(member)?.GetColumnName(place)
                ?? throw new InvalidOperationException($"{entity.Name}.{member} is not mapped to a column of {place.Name}.{CompiledModel.Hint(entity.Model)}");
}

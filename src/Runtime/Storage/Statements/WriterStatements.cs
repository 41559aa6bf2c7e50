using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Storage.Model;

namespace Typed.Storage.Statements;

/// <summary>The statement on <c>typed_writers</c>.</summary>
internal static class WriterStatements
{
    /// <summary>Moves a writer's sequence forward.</summary>
    public static Sql Stamp(IModel model, Dialect dialect)
    {
        var entity = model.FindEntityType(typeof(WriterEntry))!;
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        return new Sql(dialect.Stamp(
            Quoting.Name(table.Schema, table.Name),
            Column(nameof(WriterEntry.Writer)), Column(nameof(WriterEntry.Seq)), Column(nameof(WriterEntry.UpdatedAt))));

        string Column(string property) => Quoting.Name(entity.FindProperty(property)!.GetColumnName(table)!);
    }
}

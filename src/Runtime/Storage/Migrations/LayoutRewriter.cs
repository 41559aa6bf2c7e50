using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Typed.Schema.Shapes;

namespace Typed.Storage.Migrations;

/// <summary>Puts what becomes of a table's rows in the place of the operations that change its layout.</summary>
/// <param name="differ">Gives the operations that create a table.</param>
/// <param name="engine">The database.</param>
/// <param name="context">The context that is migrated.</param>
/// <param name="model">The model after the migration; null where nobody knows it.</param>
internal sealed class LayoutRewriter(IMigrationsModelDiffer differ, Engine engine, DbContext context, IModel? model)
{
    private static readonly CompositeFormat s_tooLate = CompositeFormat.Parse(
        "RebuildSeries: the program declares other types by now than those under which the rows of {0} were to be rebuilt, and the table holds some. "
        + "Apply the migration with the program's version that it came with, or say DropSeries or RenameSeries in it.");

    private readonly HashSet<(string? Schema, string Table)> _done = [];
    private readonly HashSet<(string? Schema, string Table)> _rebuilt = [];
    private IReadOnlyList<MigrationOperation>? _creating;

    /// <exception cref="InvalidOperationException">An operation names a table that the model does not have, or that cannot be rebuilt.</exception>
    public IReadOnlyList<MigrationOperation> Rewrite(IReadOnlyList<MigrationOperation> operations)
    {
        var choices = operations.OfType<SeriesOperation>().ToLookup(PlaceOf);
        var changes = operations.OfType<AlterTableOperation>()
            .Select(alter => (Alter: alter, Differences: LayoutChange.Compare(alter.Name, alter.OldTable.Comment, alter.Comment)))
            .Where(change => change.Differences.Count > 0)
            .ToDictionary(change => (change.Alter.Schema, change.Alter.Name));
        if (choices.Count == 0 && changes.Count == 0)
        {
            return operations;
        }

        List<MigrationOperation> rewritten = [];
        foreach (var operation in operations)
        {
            if (TableOf(operation) is not { } place || !(choices.Contains(place) || changes.ContainsKey(place)))
            {
                rewritten.Add(operation);
                continue;
            }

            if (choices[place].Take(2).ToArray() is [var first, var second])
            {
                throw new InvalidOperationException($"The migration says twice what becomes of the rows of {place.Table}: {NameOf(first)}, {NameOf(second)}.");
            }

            MigrationOperation[] whole = [.. operations.Where(other => other is not SeriesOperation && TableOf(other) == place)];
            if (_done.Add(place))
            {
                rewritten.AddRange(Change(place, choices[place].SingleOrDefault(), changes.GetValueOrDefault(place).Differences, whole));
            }

            if (operation is RebuildSeriesOperation rebuild)
            {
                if (changes.ContainsKey((place.Schema, rebuild.From)) && !_rebuilt.Contains((place.Schema, rebuild.From)))
                {
                    throw new InvalidOperationException(
                        $"RebuildSeries: {rebuild.Table} cannot be rebuilt from {rebuild.From}, whose rows the migration changes too: "
                        + "rebuild that one before it, or give the table of another interval.");
                }

                _rebuilt.Add(place);
                rewritten.AddRange((Rebuild(rebuild, place.Schema) ?? []).Select(Sql));
            }
        }

        return rewritten;
    }

    /// <summary>What is done at once: the rows go, or are found not to be there, and the table gets its new layout.</summary>
    private IEnumerable<MigrationOperation> Change(
        (string? Schema, string Table) place, SeriesOperation? choice, IReadOnlyList<SchemaDifference>? differences, MigrationOperation[] own)
    {
        if (choice is not null && NeededModel(choice).GetRelationalModel().FindTable(place.Table, place.Schema) is null)
        {
            throw Unknown(choice, place.Table);
        }

        var table = engine.Dialect.Table(place.Schema, place.Table);
        switch (choice)
        {
            case RenameSeriesOperation rename:
                return [.. engine.Rename(place.Schema, place.Table, rename.NewName, IndexNames(place, rename)).Select(Sql), .. Create(place, rename)];
            case null when model is null:
                return [.. Refuse(Words(place.Table, differences!)), .. own];
            case null:
                return [.. Refuse(Words(place.Table, differences!)), .. Renew(isEmpty: true)];
            case RebuildSeriesOperation rebuild when Rebuild(rebuild, place.Schema) is null:
                return [.. Refuse(string.Format(CultureInfo.InvariantCulture, s_tooLate, place.Table)), .. Renew(isEmpty: true)];
            default:
                return Renew(isEmpty: false);
        }

        IEnumerable<MigrationOperation> Refuse(string words) => engine.RefuseRows(table, words).Select(Sql);

        // Where comments can be changed, the table stays, with all that an administrator gave it.
        IEnumerable<MigrationOperation> Renew(bool isEmpty) => engine.ChangesComments && own.All(operation => operation is AlterTableOperation)
            ? [.. isEmpty ? [] : (MigrationOperation[])[Sql($"DELETE FROM {table}")], .. own]
            : [new DropTableOperation { Schema = place.Schema, Name = place.Table }, .. Create(place, choice)];
    }

    private IReadOnlyList<string>? Rebuild(RebuildSeriesOperation operation, string? schema) =>
        SeriesRebuild.Of(operation, schema, context, engine, NeededModel(operation));

    private static string Words(string table, IReadOnlyList<SchemaDifference> differences) =>
        $"The migration changes how the rows of {table} are laid out, and it holds some: "
        + $"{string.Join("; ", differences.Select(difference => difference.Text))}. "
        + $"Say in the migration what becomes of them: migrationBuilder.RebuildSeries(\"{table}\", from: \"the table of a finer interval\"), "
        + $"RenameSeries(\"{table}\", \"{table}_old\") or DropSeries(\"{table}\").";

    private IEnumerable<MigrationOperation> Create((string? Schema, string Table) place, SeriesOperation? choice)
    {
        _creating ??= differ.GetDifferences(source: null, NeededModel(choice).GetRelationalModel());
        return _creating.Where(creating => (creating is CreateTableOperation or CreateIndexOperation) && TableOf(creating) == place);
    }

    private IEnumerable<string> IndexNames((string? Schema, string Table) place, SeriesOperation choice)
    {
        var table = NeededModel(choice).GetRelationalModel().FindTable(place.Table, place.Schema)!;
        return [.. table.UniqueConstraints.Select(key => key.Name), .. table.Indexes.Select(index => index.Name)];
    }

    private IModel NeededModel(SeriesOperation? choice) => model
        ?? throw new InvalidOperationException($"{NameOf(choice)} needs the model of the migration, which dotnet ef writes beside it (*.Designer.cs).");

    private static InvalidOperationException Unknown(SeriesOperation? choice, string table) => new(
        $"{NameOf(choice)} names the table {table}, which the model of the migration does not have. "
        + "Give the name of an interval's table as the migration has it, and its schema where it is not the model's default.");

    private static string NameOf(SeriesOperation? choice) => choice?.GetType().Name.Replace("Operation", "", StringComparison.Ordinal) ?? "A changed table";

    private (string? Schema, string Table) PlaceOf(SeriesOperation choice) => (choice.Schema ?? model?.GetDefaultSchema(), choice.Table);

    private (string? Schema, string Table)? TableOf(MigrationOperation operation) => operation switch
    {
        SeriesOperation choice => PlaceOf(choice),
        TableOperation whole => (whole.Schema, whole.Name),
        ITableMigrationOperation { Table: { } table } of => (of.Schema, table),
        _ => null,
    };

    private static SqlOperation Sql(string sql) => new() { Sql = sql + ";" };
}

using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Typed.Storage.Migrations;

/// <summary>What a migration says becomes of the rows of a table whose layout it changes.</summary>
internal abstract class SeriesOperation(string table, string? schema) : MigrationOperation
{
    public string Table => table;

    /// <summary>The schema; null: the one in which the model has the table.</summary>
    public string? Schema => schema;

    public override bool IsDestructiveChange { get; set; } = true;
}

/// <summary>The rows are deleted.</summary>
internal sealed class DropSeriesOperation(string table, string? schema) : SeriesOperation(table, schema);

/// <summary>The rows stay, in a table of another name.</summary>
internal sealed class RenameSeriesOperation(string table, string newName, string? schema) : SeriesOperation(table, schema)
{
    public string NewName => newName;
}

/// <summary>The rows are computed anew from those of a finer interval's table.</summary>
internal sealed class RebuildSeriesOperation(string table, string from, string? schema) : SeriesOperation(table, schema)
{
    public string From => from;
}

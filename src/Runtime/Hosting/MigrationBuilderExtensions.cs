using Microsoft.EntityFrameworkCore.Migrations;
using Typed.Storage.Migrations;

namespace Typed;

/// <summary>
/// What a migration of an application's own context does with the rows of a table whose layout it changes: without a word about them it is refused where the
/// table holds any. They take <c>UseTyped()</c> in the options of the context.
/// </summary>
public static class MigrationBuilderExtensions
{
    /// <summary>Deletes the rows of an interval, which starts empty under its new layout.</summary>
    /// <param name="migrationBuilder">The migration.</param>
    /// <param name="table">The interval's table.</param>
    /// <param name="schema">Its schema. Default: the one in which the model has it.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static MigrationBuilder DropSeries(this MigrationBuilder migrationBuilder, string table, string? schema = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        return Add(migrationBuilder, new DropSeriesOperation(table, schema));
    }

    /// <summary>Keeps the rows of an interval in a table of another name, which no model has; the interval starts empty under its new layout.</summary>
    /// <param name="migrationBuilder">The migration.</param>
    /// <param name="table">The interval's table.</param>
    /// <param name="newName">The name under which the old rows stay.</param>
    /// <param name="schema">The schema of both. Default: the one in which the model has the table.</param>
    /// <exception cref="ArgumentException">A name is empty, or both are one.</exception>
    public static MigrationBuilder RenameSeries(this MigrationBuilder migrationBuilder, string table, string newName, string? schema = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentException.ThrowIfNullOrWhiteSpace(newName);
        return string.Equals(table, newName, StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException($"The rows of '{table}' need a table of another name.", nameof(newName))
            : Add(migrationBuilder, new RenameSeriesOperation(table, newName, schema));
    }

    /// <summary>Computes the rows of an interval anew from those of a finer one of the series, as far back as that one keeps them.</summary>
    /// <param name="migrationBuilder">The migration.</param>
    /// <param name="table">The interval's table.</param>
    /// <param name="from">The finer interval's table.</param>
    /// <param name="schema">The schema of both. Default: the one in which the model has the table.</param>
    /// <exception cref="ArgumentException">A name is empty, or both are one.</exception>
    public static MigrationBuilder RebuildSeries(this MigrationBuilder migrationBuilder, string table, string from, string? schema = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        return string.Equals(table, from, StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException($"'{table}' cannot be rebuilt from itself: give the table of a finer interval.", nameof(from))
            : Add(migrationBuilder, new RebuildSeriesOperation(table, from, schema));
    }

    private static MigrationBuilder Add(MigrationBuilder migrationBuilder, SeriesOperation operation)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Operations.Add(operation);
        return migrationBuilder;
    }
}

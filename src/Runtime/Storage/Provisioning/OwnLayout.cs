using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Schema;
using Typed.Schema.Shapes;

namespace Typed.Storage.Provisioning;

/// <summary>
/// Checks a declared type of an application's own context at its first use in a database. The layout travels with the model: it is the comment of each table,
/// which PostgreSQL keeps and which SQLite has in the text of the table. Where a store made the tables, its catalog says it.
/// </summary>
internal static class OwnLayout
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<(string? Database, Type Type), bool>> s_checked = [];

    /// <summary>The types of queries that a context has made and not run yet.</summary>
    private static readonly ConditionalWeakTable<DbContext, List<Declaration>> s_waiting = [];

    /// <summary>Checks a type, once for each model and database.</summary>
    /// <exception cref="SchemaMismatchException">The declaration does not fit the stored data.</exception>
    public static ValueTask CheckAsync(DbContext context, Engine engine, Declaration declared, CancellationToken cancellationToken) =>
        IsChecked(context, declared) ? ValueTask.CompletedTask : CheckNowAsync(context, engine, declared, cancellationToken);

    /// <summary>Has a type checked when the context runs its next query.</summary>
    public static void CheckLater(DbContext context, Declaration declared)
    {
        if (!IsChecked(context, declared))
        {
            s_waiting.GetOrCreateValue(context).Add(declared);
        }
    }

    /// <summary>Checks what waits for the context's next query.</summary>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static ValueTask CheckWaitingAsync(DbContext? context, CancellationToken cancellationToken) =>
        context is not null && s_waiting.TryGetValue(context, out var waiting) ? CheckAllAsync(context, waiting, cancellationToken) : ValueTask.CompletedTask;

    private static async ValueTask CheckAllAsync(DbContext context, List<Declaration> waiting, CancellationToken cancellationToken)
    {
        var engine = EngineRegistry.Find(context);
        foreach (var declared in waiting)
        {
            await CheckAsync(context, engine, declared, cancellationToken).ConfigureAwait(false);
        }

        s_waiting.Remove(context);
    }

    // A store was checked when it was opened.
    private static bool IsChecked(DbContext context, Declaration declared) =>
        context is TypedDbContext || CheckedOf(context).ContainsKey((context.Database.GetConnectionString(), declared.Type));

    private static ConcurrentDictionary<(string? Database, Type Type), bool> CheckedOf(DbContext context) => s_checked.GetOrCreateValue(context.Model);

    private static async ValueTask CheckNowAsync(DbContext context, Engine engine, Declaration declared, CancellationToken cancellationToken)
    {
        // Opening a connection may take the password out of its text.
        var key = (context.Database.GetConnectionString(), declared.Type);
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var tables = CatalogCheck.Tables(NameOf, declared);
            var stored = await ReadAsync(context, engine, tables, cancellationToken).ConfigureAwait(false);
            CatalogCheck.Compare(NameOf, declared, stored);
            if (tables.Any(table => stored.ContainsKey(table)))
            {
                CheckedOf(context)[key] = true;
            }
        }
        finally
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }

        string? NameOf(string entity) => context.Model.FindEntityType(entity)?.GetTableName();
    }

    /// <summary>The layouts of the tables that are there; empty where nothing says one.</summary>
    private static async ValueTask<Dictionary<string, string>> ReadAsync(
        DbContext context, Engine engine, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        string[] asked = [.. tables, Names.Catalog];
        var (sql, names) = (new string[asked.Length], new string[asked.Length]);
        for (var i = 0; i < asked.Length; i++)
        {
            var entity = context.Model.FindEntityType(asked[i]);
            var place = i.ToString(CultureInfo.InvariantCulture);
            var schema = entity?.GetSchema() ?? context.Model.GetDefaultSchema();
            (var text, names[i]) = engine.TextOfTable(schema, entity?.GetTableName() ?? asked[i], $"@p{place}");
            sql[i] = $"SELECT {place}, {text}";
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await QueryAsync(
            context,
            string.Join(" UNION ALL ", sql),
            names,
            (place, text) => found[asked[int.Parse(place, CultureInfo.InvariantCulture)]] = LayoutIn(text),
            cancellationToken).ConfigureAwait(false);
        if (found.Remove(Names.Catalog) && found.ContainsValue(""))
        {
            // By the tables' own names, which a naming convention may have made.
            var entities = found.Keys.ToDictionary(table => context.Model.FindEntityType(table)?.GetTableName() ?? table, StringComparer.Ordinal);
            await QueryAsync(
                context,
                $"SELECT name, layout FROM {engine.Dialect.Table(context.Model.GetDefaultSchema(), Names.Catalog)}",
                [],
                (table, layout) =>
                {
                    if (entities.TryGetValue(table, out var entity) && found[entity].Length == 0)
                    {
                        found[entity] = layout;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>The line of a comment, or of the text of a table, that is a layout; empty where there is none.</summary>
    private static string LayoutIn(string text) => text.Split('\n').Select(line => line.Trim().TrimStart('-').TrimStart())
        .FirstOrDefault(line => line.StartsWith(Layout.Beginning, StringComparison.Ordinal))?.Replace(Layout.Separator, "\n", StringComparison.Ordinal) ?? "";

    private static async ValueTask QueryAsync(
        DbContext context, string sql, IReadOnlyList<string> arguments, Action<string, string> row, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using var _ = command.ConfigureAwait(false);
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // The text is the library's; names are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i.ToString(CultureInfo.InvariantCulture)}";
            parameter.Value = arguments[i];
            command.Parameters.Add(parameter);
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            row(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!, reader.GetString(1));
        }
    }
}

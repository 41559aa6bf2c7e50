using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>Says of a table that an application's context maps and its database lacks what makes it: the database only says that it is not there.</summary>
internal static class MissingTable
{
    /// <summary>The table of a declared type that the error says is not there; null where it says something else.</summary>
    public static string? Find(DbContext context, Engine engine, Exception error) => context is TypedDbContext || !engine.IsTableMissing(error)
        ? null
        : context.Model.GetEntityTypes().Where(entity => Annotations.IsDeclared(entity)).Select(entity => entity.GetTableName()!)
            .Where(table => error.Message.Contains(table, StringComparison.Ordinal)).MaxBy(table => table.Length);

    /// <summary>The error to throw instead.</summary>
    public static InvalidOperationException Explain(DbContext context, string table, Exception error)
    {
        var name = context.GetType().Name;
        return new($"The database has no table '{table}', which the model of {name} has for a declared type: {WayOut(name)}", error);
    }

    /// <summary>Why a table of a context may be missing, and what makes it, as a clause.</summary>
    public static string WayOut(string context) =>
        $"its migrations were not applied, or the type is newer than they are. Add one (dotnet ef migrations add ... --context {context}) and apply it "
        + "(dotnet ef database update, or db.Database.MigrateAsync()); without migrations, a new database gets its tables from "
        + "db.Database.EnsureCreatedAsync().";

    /// <summary>Explains errors of queries.</summary>
    public sealed class Interceptor : DbCommandInterceptor
    {
        public static readonly Interceptor Instance = new();

        public override void CommandFailed(DbCommand command, CommandErrorEventData eventData)
        {
            if (Explain(eventData) is { } error)
            {
                eventData.Context!.Database.CloseConnection();
                throw error;
            }
        }

        public override async Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            if (Explain(eventData) is { } error)
            {
                await eventData.Context!.Database.CloseConnectionAsync().ConfigureAwait(false);
                throw error;
            }
        }

        // EF closes the connection of a failed query after this, and not where something is thrown here.
        private static InvalidOperationException? Explain(CommandErrorEventData failed) =>
            failed is { ExecuteMethod: DbCommandMethod.ExecuteReader, Context: { } context }
            && Find(context, EngineRegistry.Find(context), failed.Exception) is { } table
                ? MissingTable.Explain(context, table, failed.Exception)
                : null;
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Typed.Storage.Migrations;

/// <summary>
/// Generates the SQL of migrations as the provider does, except for tables whose layout changes: old and new rows would mix there, and nobody would know. A
/// migration that does not say what becomes of the rows fails where there are any.
/// </summary>
/// <param name="own">The provider's generator.</param>
/// <param name="differ">Gives the operations that create a table.</param>
/// <param name="current">The context that is migrated.</param>
internal sealed class LayoutMigrations(IMigrationsSqlGenerator own, IMigrationsModelDiffer differ, ICurrentDbContext current) : IMigrationsSqlGenerator
{
    public IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations, IModel? model = null, MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default)
    {
        var context = current.Context;
        var rewritten = new LayoutRewriter(differ, EngineRegistry.Find(context), context, model).Rewrite(operations);
        return own.Generate(rewritten, model, options);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Typed.Storage.Model;

namespace Typed.Sqlite;

/// <summary>
/// Makes bucket tables WITHOUT ROWID in migrations, as a store makes them. EF Core has no setting for it.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class SqliteMigrations(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
#pragma warning restore CA1812
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: false);
        if (HoldsBuckets(operation, model))
        {
            builder.Append(SqliteTables.OfBuckets);
        }

        if (terminate)
        {
            builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }
    }

    private static bool HoldsBuckets(CreateTableOperation operation, IModel? model) =>
        model?.GetRelationalModel().FindTable(operation.Name, operation.Schema) is { } table
        && table.EntityTypeMappings.Any(mapping => mapping.TypeBase.FindAnnotation(Annotations.Interval) is not null);
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Typed.Generated;
using Typed.Storage.Model;
using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;

namespace Typed.Storage;

/// <summary>Makes the sessions' source from the options that a user gave EF Core.</summary>
internal static class DatabaseFactory
{
    /// <summary>Statements that PostgreSQL keeps prepared per connection: texts are fixed, so all of them are worth it.</summary>
    private const int MaxAutoPrepare = 200;

    /// <summary>Npgsql's own 8 KiB make long answers come in many small pieces.</summary>
    private const int ReadBufferBytes = 32 << 10;

    public static Database Create(TypedDbContext context)
    {
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());
        var kind = Dialects.KindOf(context.Database.ProviderName);
        var stamp = Stamp(context, Dialects.Of(kind));
        if (kind == DatabaseKind.Sqlite)
        {
            var connectionString = options.Connection?.ConnectionString ?? options.ConnectionString!;
            return new SqliteDatabase(connectionString, (SqliteConnection?)options.Connection, stamp);
        }

        return Postgres(options, stamp);
    }

    private static PostgresDatabase Postgres(RelationalOptionsExtension options, Sql stamp)
    {
#pragma warning disable EF1001 // The only place where the provider tells the data source it was given.
        if ((options as NpgsqlOptionsExtension)?.DataSource is NpgsqlDataSource given)
#pragma warning restore EF1001
        {
            return new PostgresDatabase(given, owned: false, stamp);
        }

        if (options.Connection is not null)
        {
            throw new NotSupportedException("A store needs connections of its own: give UseNpgsql a connection string or an NpgsqlDataSource instead of a connection.");
        }

        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        if (builder.MaxAutoPrepare == 0)
        {
            builder.MaxAutoPrepare = MaxAutoPrepare;
            builder.AutoPrepareMinUsages = 2;
        }

        builder.ReadBufferSize = Math.Max(builder.ReadBufferSize, ReadBufferBytes);
        return new PostgresDatabase(NpgsqlDataSource.Create(builder), owned: true, stamp);
    }

    private static Sql Stamp(TypedDbContext context, Dialect dialect)
    {
        var entity = context.Model.FindEntityType(typeof(WriterEntry))!;
        var table = Microsoft.EntityFrameworkCore.Metadata.StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        return new Sql(dialect.Stamp(
            Quoting.Name(table.Schema, table.Name), Column(nameof(WriterEntry.Writer)), Column(nameof(WriterEntry.Seq)), Column(nameof(WriterEntry.UpdatedAt))));

        string Column(string property) => Quoting.Name(entity.FindProperty(property)!.GetColumnName(table)!);
    }
}

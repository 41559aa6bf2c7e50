using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Linq;
using Typed.Storage;

namespace Typed.Sqlite.Linq;

/// <summary>The part of the SQLite engine that translates LINQ.</summary>
internal sealed class SqliteQueries : QueryEngine
{
    public static readonly SqliteQueries Instance = new();

    public override ValueForms Forms { get; } = new SqliteForms();

    public override BodyConverters Converters => SqliteMapping.Instance.Bodies;

    public override ValueConverter GuidColumns => SqliteMapping.Uuid;

    public override Type MigrationsGenerator => typeof(SqliteMigrations);

    // A type with several forms has several mappings.
    public override ListSearch SearchOf(Type element)
    {
        var type = Nullable.GetUnderlyingType(element) ?? element;
        return type == typeof(Guid) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan) ? ListSearch.ByValue
            : ListSearch.ByProvider;
    }

    public override void Configure(DbContextOptionsBuilder options) => options.AddInterceptors(SqliteSetUp.Instance, SqliteNow.Instance);

    public override void AddServices(EntityFrameworkRelationalServicesBuilder services) => services
        .TryAdd<IMemberTranslatorPlugin, SqliteInstantMembers>()
        .TryAdd<IMethodCallTranslatorPlugin, SqliteInstantMethods>()
        .TryAdd<IMethodCallTranslatorPlugin, SqliteBucketMethod>();

    public override void Prepare(DbContext context)
    {
        if (context.Database.GetDbConnection() is SqliteConnection connection)
        {
            SqliteSetUp.Ensure(connection);
        }
    }
}

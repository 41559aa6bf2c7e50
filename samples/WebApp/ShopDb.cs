using Microsoft.EntityFrameworkCore;
using Typed;

namespace WebApp;

/// <summary>The application's tables, those of its declared types and of its telemetry among them: migrations own all of them.</summary>
internal abstract class ShopDb(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(TelemetryModules.Meters, TelemetryModules.Requests);
}

/// <summary>On SQLite, with migrations of its own: <c>dotnet ef migrations add … --context SqliteShopDb --output-dir Migrations/Sqlite</c>.</summary>
internal sealed class SqliteShopDb(DbContextOptions<SqliteShopDb> options) : ShopDb(options);

/// <summary>On PostgreSQL, likewise: <c>… --context PostgresShopDb --output-dir Migrations/Postgres -- --ConnectionStrings:Postgres Host=localhost</c>.</summary>
internal sealed class PostgresShopDb(DbContextOptions<PostgresShopDb> options) : ShopDb(options);

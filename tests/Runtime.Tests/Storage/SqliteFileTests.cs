using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Writing;
using Typed.Sqlite;
using Typed.Tests.Harness.Files;

namespace Typed.Runtime.Tests.Storage;

/// <summary>What only SQLite has: locks on a file, functions of a connection, databases in memory.</summary>
public class SqliteFileTests
{
    // As EF's own commands do, instead of failing at once.
    [Fact]
    public async Task Contexts_of_an_application_wait_for_each_other()
    {
        using var file = new SqliteFile();
        await using (var db = new Shop(file.ConnectionString))
        {
            await db.Database.EnsureCreatedAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(task => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await using var db = new Shop(file.ConnectionString);
                await Hit.In(db).InsertAsync("/", 1);
                await Remark.In(db).PutAsync(new Remark(i, ""));
            }
        })));

        await using var read = new Shop(file.ConnectionString);
        Assert.Equal(150, (await Hit.In(read).Day.GetAsync("/")).Value);
        Assert.Equal(150, await Remark.In(read).CountAsync());
        SqliteConnection.ClearPool((SqliteConnection)read.Database.GetDbConnection());
    }

    // Functions cannot be registered again while a statement runs.
    [Fact]
    public async Task A_loop_over_a_query_may_write_in_its_own_context()
    {
        using var file = new SqliteFile();
        await using var db = new Shop($"{file.ConnectionString};Pooling=False");
        await db.Database.EnsureCreatedAsync();
        db.AddRange(new Place { Id = "a" }, new Place { Id = "b" });
        await db.SaveChangesAsync();

        await foreach (var place in db.Places.AsAsyncEnumerable())
        {
            await Hit.In(db).InsertAsync(place.Id, 2);
            Assert.Equal(2, await Hit.In(db).Day.AsQueryable().Where(row => row.Page == place.Id).SumAsync(row => row.Times));
        }
    }

    [Fact]
    public async Task A_shared_database_in_memory_ends_with_its_store()
    {
        const string Name = "Data Source=typed-tests-shared;Mode=Memory;Cache=Shared";
        await using (var store = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(Name)))
        {
            await Hit.In(store).InsertAsync("/", 1);
        }

        await using var again = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(Name));
        Assert.Equal(0, (await Hit.In(again).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Pooled_connections_of_the_application_stay_as_they_are()
    {
        using var file = new SqliteFile();
        await using (var store = await TypedStore.OpenAsync(o => o.Only<Hit>().UseSqlite(file.ConnectionString)))
        {
            await using var db = store.CreateDbContext();
            Assert.Equal(0, await Hit.In(db).Day.AsQueryable().CountAsync(row => row.Page.StartsWith("/a")));
        }

        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 'ABC' LIKE 'a%'";
        Assert.Equal(1L, await command.ExecuteScalarAsync());
        SqliteConnection.ClearPool(connection);
    }

    [Fact]
    public void A_store_opens_its_file_wherever_the_program_goes()
    {
        var own = new SqliteConnectionStringBuilder(SqliteDatabase.OwnConnectionString("Data Source=shop.db;Cache=Shared"));

        Assert.Equal(Path.GetFullPath("shop.db"), own.DataSource);
        Assert.Equal((false, SqliteCacheMode.Private), (own.Pooling, own.Cache));
        Assert.Equal(":memory:", new SqliteConnectionStringBuilder(SqliteDatabase.OwnConnectionString("Data Source=:memory:")).DataSource);
        Assert.Equal("file:shop.db?mode=rwc", new SqliteConnectionStringBuilder(SqliteDatabase.OwnConnectionString("Data Source=file:shop.db?mode=rwc")).DataSource);
    }

    // An application on PostgreSQL whose tests run on SQLite: EF leaves the schema out there.
    [Fact]
    public async Task A_schema_that_SQLite_does_not_have_is_left_out()
    {
        using var file = new SqliteFile();
        await using var db = new Shop($"{file.ConnectionString};Pooling=False", schema: "shop data");
        await db.Database.EnsureCreatedAsync();

        await Hit.In(db).InsertAsync("/", 2);
        await Remark.In(db).PutAsync(new Remark(1, ""));

        Assert.Equal(2, (await Hit.In(db).Day.GetAsync("/")).Value);
        Assert.Equal(2, await Hit.In(db).Day.AsQueryable().SumAsync(row => row.Times));
        Assert.Equal(1, await Remark.In(db).CountAsync());
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Series<Hit, Hit.Key, long>(), Generated.Declarations.Stream<Remark>()];
    }

    public class Place
    {
        public required string Id { get; set; }
    }

    public class Shop(string connectionString, string? schema = null) : DbContext
    {
        public DbSet<Place> Places => Set<Place>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite(connectionString).UseTyped();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            if (schema is not null)
            {
                modelBuilder.HasDefaultSchema(schema);
            }

            modelBuilder.AddTyped(new Chosen());
        }
    }
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>In an application's own context a changed declaration is refused at its first use, whatever that is, with the words of a store.</summary>
public abstract class OwnLayoutTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly Change[] s_changes =
    [
        Change.Of<OtherStep.Changing>(
            ["interval 'hour' was '1h' and is now '30m'"], db => OtherStep.Changing.In(db).InsertAsync("a", 1).AsTask(), db => OtherStep.Changing.In(db).Hour.GetAsync("a").AsTask(),
            db => ListAsync(OtherStep.Changing.In(db).Hour.For("a").Last(2)), db => OtherStep.Changing.In(db).Hour.AsQueryable()),
        Change.Of<OtherResolution.Changing>(
            ["by 1h", "by 2h"], db => OtherResolution.Changing.In(db).InsertAsync("a", 1).AsTask(), db => OtherResolution.Changing.In(db).Hour.GetAsync("a").AsTask(),
            db => ListAsync(OtherResolution.Changing.In(db).Hour.For("a").Last(2)), db => OtherResolution.Changing.In(db).Hour.AsQueryable()),
        Change.Of<OtherZone.Changing>(
            ["Europe/Paris", "Asia/Tokyo"], db => OtherZone.Changing.In(db).InsertAsync("a", 1).AsTask(), db => OtherZone.Changing.In(db).Day.GetAsync("a").AsTask(),
            db => ListAsync(OtherZone.Changing.In(db).Day.For("a").Last(2)), db => OtherZone.Changing.In(db).Day.AsQueryable()),
        Change.Of<OtherType.Changing>(
            ["type was 'Count' and is now 'Histogram'"], db => OtherType.Changing.In(db).InsertAsync("a", 1).AsTask(), db => OtherType.Changing.In(db).Day.GetAsync("a").AsTask(),
            db => ListAsync(OtherType.Changing.In(db).Day.For("a").Last(2)), db => OtherType.Changing.In(db).Day.AsQueryable()),
        Change.Of<PointsInstead.Changing>(
            ["type was 'Count' and is now 'Series'", "changing_hour"], db => PointsInstead.Changing.In(db).InsertAsync("a", 1).AsTask(), db => PointsInstead.Changing.In(db).Day.GetAsync("a").AsTask(),
            db => ListAsync(PointsInstead.Changing.In(db).Day.For("a").Last(2)), db => PointsInstead.Changing.In(db).Day.AsQueryable()),
        Change.Of<OtherKey.Changing>(
            ["Name String", "Name Int32"], db => OtherKey.Changing.In(db).InsertAsync(1, 1).AsTask(), db => OtherKey.Changing.In(db).Day.GetAsync(1).AsTask(),
            db => ListAsync(OtherKey.Changing.In(db).Day.For(1).Last(2)), db => OtherKey.Changing.In(db).Day.AsQueryable()),
        Change.Of<MoreKeys.Changing>(
            ["'Name String'", "'Name String, Region String'"], db => MoreKeys.Changing.In(db).InsertAsync(new MoreKeys.Changing("a", "b", 1)).AsTask(),
            db => MoreKeys.Changing.In(db).Day.GetAsync(new("a", "b")).AsTask(),
            db => ListAsync(MoreKeys.Changing.In(db).Day.For(new MoreKeys.Changing.Key("a", "b")).Last(2)), db => MoreKeys.Changing.In(db).Day.AsQueryable()),
        Change.Of<FewerKeys.Pair>(
            ["'Name String, Region String'", "'Name String'"], db => FewerKeys.Pair.In(db).InsertAsync("a", 1).AsTask(), db => FewerKeys.Pair.In(db).Hour.GetAsync("a").AsTask(),
            db => ListAsync(FewerKeys.Pair.In(db).Hour.For("a").Last(2)), db => FewerKeys.Pair.In(db).Hour.AsQueryable()),
        Change.Of<OtherOrder.Pair>(
            ["'Name String, Region String'", "'Region String, Name String'"], db => OtherOrder.Pair.In(db).InsertAsync(new OtherOrder.Pair("a", "b", 1)).AsTask(),
            db => OtherOrder.Pair.In(db).Hour.GetAsync(new("a", "b")).AsTask(),
            db => ListAsync(OtherOrder.Pair.In(db).Hour.For(new OtherOrder.Pair.Key("a", "b")).Last(2)), db => OtherOrder.Pair.In(db).Hour.AsQueryable()),
        Change.Of<OtherValue.Changing>(
            ["value was 'Value Int64' and is now 'Value Double'"], db => OtherValue.Changing.In(db).InsertAsync("a", 1).AsTask(), db => OtherValue.Changing.In(db).Day.GetAsync("a").AsTask(),
            db => ListAsync(OtherValue.Changing.In(db).Day.For("a").Last(2)), db => OtherValue.Changing.In(db).Day.AsQueryable()),
        Change.Of<OtherValue.Signed>(
            ["value was 'Value Int64' and is now 'Value UInt64'"], db => OtherValue.Signed.In(db).InsertAsync(1).AsTask(), db => OtherValue.Signed.In(db).Hour.GetAsync().AsTask(),
            db => ListAsync(OtherValue.Signed.In(db).Hour.Last(2)), db => OtherValue.Signed.In(db).Hour.AsQueryable()),
        Change.Of<Namespaced.Changing>(
            ["'Name String'", "'Namespace String, Name String'"], db => Namespaced.Changing.In(db).InsertAsync("a", 1).AsTask(), db => Namespaced.Changing.In(db, "b").Day.GetAsync("a").AsTask(),
            db => ListAsync(Namespaced.Changing.In(db).Day.For("a").Last(2)), db => Namespaced.Changing.In(db).Day.AsQueryable()),
        Change.Of<OtherNaming.Spoken>(
            ["naming was 'CamelCase' and is now 'SnakeCaseLower'"], db => OtherNaming.Spoken.In(db).PutAsync(new OtherNaming.Spoken("a")).AsTask(),
            db => OtherNaming.Spoken.In(db).GetAsync(EventId.New()).AsTask(), db => ListAsync(OtherNaming.Spoken.In(db).Take(1)), db => OtherNaming.Spoken.In(db).AsQueryable()),
    ];

    public static TheoryData<int> Changes => [.. Enumerable.Range(0, s_changes.Length)];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task The_first_use_is_refused_whatever_it_is(int number)
    {
        var change = s_changes[number];
        await CreateAsync();
        foreach (var use in change.Uses)
        {
            // Each is the first one in its context.
            await using var db = change.Open(Database);
            await RefusesAsync(() => use(db), change);
            await RefusesAsync(() => use(db), change);
        }

        // Also inside the caller's transaction, which goes on.
        await using (var db = change.Open(Database))
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await RefusesAsync(() => change.Uses[0](db), change);
            Assert.Equal([1], await db.Database.SqlQueryRaw<int>("SELECT 1 AS \"Value\"").ToListAsync());
        }

        // Nothing was changed.
        await using var before = Open<Original.Changing>();
        Assert.Equal(3, await Original.Changing.In(before).Hour.For("a").All().CollapseAsync());
    }

    [Fact]
    public async Task What_may_change_passes()
    {
        await CreateAsync();
        await using (var keep = Open<OtherKeep.Changing>())
        {
            Assert.Equal(3, await OtherKeep.Changing.In(keep).Hour.For("a").All().CollapseAsync());
            Assert.Equal(3, await OtherKeep.Changing.In(keep).Hour.AsQueryable().SumAsync(row => row.Value));
        }

        await using var fewer = Open<FewerIntervals.Changing>();
        await FewerIntervals.Changing.In(fewer).InsertAsync("a", 1);
        Assert.Equal(4, await FewerIntervals.Changing.In(fewer).Hour.For("a").All().CollapseAsync());
    }

    [Fact]
    public async Task The_database_is_asked_once()
    {
        await CreateAsync();
        var opened = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            var counter = new Opened();
            await using var db = Open<Original.Changing>(counter);
            await Original.Changing.In(db).InsertAsync("a", 1);
            await Original.Changing.In(db).Hour.AsQueryable().CountAsync();
            opened.Add(counter.Count);
        }

        Assert.Equal([3, 2, 2], opened);
        await using var other = await Server.CreateAsync();
        await using (var db = OpenIn<Original.Changing>(other))
        {
            await db.Database.EnsureCreatedAsync();
            Assert.Empty(await Original.Changing.In(db).Hour.AsQueryable().ToListAsync());
        }
    }

    // The same model meets the tables of another program: each database is checked.
    [Fact]
    public async Task Each_database_is_checked()
    {
        await using var other = await Server.CreateAsync();
        await using (var db = OpenIn<OtherStep.Changing>(other))
        {
            await db.Database.EnsureCreatedAsync();
            await OtherStep.Changing.In(db).InsertAsync("a", 1);
        }

        await CreateAsync();
        await using (var db = Open<OtherStep.Changing>())
        {
            await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OtherStep.Changing.In(db).Hour.AsQueryable().CountAsync());
            Assert.Throws<SchemaMismatchException>(() => OtherStep.Changing.In(db).Hour.AsQueryable().Count());
            await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OtherStep.Changing.In(db).Hour.AsQueryable().ExecuteDeleteAsync());
        }
    }

    // Such tables have no comments; the store's catalog knows them.
    [Fact]
    public async Task Tables_that_a_store_made_are_known_by_its_catalog()
    {
        await using (var store = await OpenAsync<Original.Changing>())
        {
            await Original.Changing.In(store).InsertAsync("a", 3, DateTimeOffset.UtcNow);
        }

        await using (var db = Open<Original.Changing>())
        {
            Assert.Equal(3, await Original.Changing.In(db).Hour.For("a").All().CollapseAsync());
        }

        await using (var db = Open<OtherStep.Changing>())
        {
            var refused = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OtherStep.Changing.In(db).InsertAsync("a", 1));
            Assert.Contains("'30m'", refused.Message, StringComparison.Ordinal);
        }

        await Database.ScalarAsync("DELETE FROM typed_catalog");
        await using var unknown = Open<OtherStep.Changing>();
        await OtherStep.Changing.In(unknown).InsertAsync("a", 1);
    }

    [Fact]
    public async Task Tables_that_are_missing_are_checked_once_they_are_there()
    {
        await using (var db = Open<OtherStep.Changing>())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await OtherStep.Changing.In(db).InsertAsync("a", 1));
        }

        await CreateAsync();
        await using var again = Open<OtherStep.Changing>();
        await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OtherStep.Changing.In(again).InsertAsync("a", 1));
    }

    private async Task RefusesAsync(Func<Task> use, Change change)
    {
        var error = await Assert.ThrowsAsync<SchemaMismatchException>(use);
        Assert.All(change.Words, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.Contains(change.Type.FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("Take the change back", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The tables as the first version of the program has them, without a migration since.</summary>
    private async Task CreateAsync()
    {
        var options = new DbContextOptionsBuilder<First>();
        Database.Choose(options);
        await using var db = new First(options.UseTyped().Options);
        await db.Database.EnsureCreatedAsync();
        await Original.Changing.In(db).InsertAsync("a", 3);
        await Original.Signed.In(db).InsertAsync(-1);
        await Original.Pair.In(db).InsertAsync(new Original.Pair("a", "b", 1));
        await Original.Spoken.In(db).PutAsync(new Original.Spoken("a"));
    }

    private Later<T> Open<T>(IInterceptor? interceptor = null) => OpenIn<T>(Database, interceptor);

    private static Later<T> OpenIn<T>(EmptyDatabase database, IInterceptor? interceptor = null)
    {
        var options = new DbContextOptionsBuilder<Later<T>>();
        database.Choose(options);
        if (interceptor is not null)
        {
            options.AddInterceptors(interceptor);
        }

        return new Later<T>(options.UseTyped().Options);
    }

    private sealed class Change
    {
        public required Type Type { get; init; }

        public required string[] Words { get; init; }

        public required Func<EmptyDatabase, DbContext> Open { get; init; }

        public required Func<DbContext, Task>[] Uses { get; init; }

        public static Change Of<T>(
            string[] words, Func<DbContext, Task> write, Func<DbContext, Task> get, Func<DbContext, Task> range, Func<DbContext, IQueryable<object>> query) => new()
            {
                Type = typeof(T),
                Words = words,
                Open = database => OpenIn<T>(database),
                Uses = [write, get, range, db => query(db).CountAsync(), db => query(db).ToListAsync(), db => Task.Run(() => query(db).ToList())],
            };
    }

    public sealed class First(DbContextOptions<First> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.AddTyped(new Chosen(typeof(Original.Changing), typeof(Original.Signed), typeof(Original.Pair), typeof(Original.Spoken)));
    }

    /// <summary>A later version of the program.</summary>
    public sealed class Later<T>(DbContextOptions<Later<T>> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen(typeof(T)));
    }

    private sealed class Chosen(params Type[] types) : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations =>
            [.. Registered.SelectMany(module => module.Declarations).Where(declaration => types.Contains(declaration.Type))];
    }

    /// <summary>Counts how often a context opens its connection.</summary>
    private sealed class Opened : DbConnectionInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            Count++;
            return new(result);
        }
    }
}

public sealed class OwnLayoutTestsOnSqlite() : OwnLayoutTests(DatabaseServer.Sqlite);

public sealed class OwnLayoutTestsOnPostgres() : OwnLayoutTests(DatabaseServer.Postgres);

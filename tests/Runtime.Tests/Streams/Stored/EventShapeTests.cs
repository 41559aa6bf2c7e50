using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>
/// What queries see of a body, whatever its members are and wherever: each member is found, or left out and refused. None gives an answer that is wrong, and
/// none keeps a store from opening.
/// </summary>
public abstract class EventShapeTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_body_of_which_queries_see_nothing()
    {
        await UnseenAsync(new Heartbeat(), "it has no members that EF could map");
        await UnseenAsync(new OnlyMap(new() { ["a"] = 1 }), "Map (it is a dictionary)");
        await UnseenAsync(new OnlyItself { Next = new() }, "Next (its type is recursive)");
        await UnseenAsync(new OnlyComputed(), "has no members that EF could map");
    }

    [Fact]
    public async Task Objects_in_which_queries_see_nothing()
    {
        var body = new Blanks(1, new(), new(new() { ["a"] = 1 }), [new()], new() { Next = new() }, new()) { Unnamed = "u" };
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.N == 1));
        Assert.Equal(JsonSerializer.Serialize(body), JsonSerializer.Serialize((await seen.Events.SingleAsync()).Body));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.Concat(seen.Events).ToListAsync());
        Assert.Contains("One (it has no members that queries can see)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Unnamed (its name in JSON is empty)", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Twice", refused.Message, StringComparison.Ordinal); // computed: an object without it is whole
    }

    [Fact]
    public async Task Types_that_share_others_do_not_take_the_model_with_them()
    {
        var leaf = new Wide5(new(6), B: null, C: null);
        await using var seen = await SeenAsync(new Wide(new(new(new(new(leaf, B: null, C: null), B: null, C: null), B: null, C: null), B: null, C: null), B: null, C: null));

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.A!.A!.A!.A!.A!.A!.N == 6));
        Assert.InRange(seen.Context.Model.GetEntityTypes().Single(entity => entity.ClrType == typeof(Event<Wide>)).GetDeclaredComplexProperties().Sum(Objects), 2, 500);

        static int Objects(Microsoft.EntityFrameworkCore.Metadata.IComplexProperty property) => 1 + property.ComplexType.GetDeclaredComplexProperties().Sum(Objects);
    }

    [Fact]
    public async Task Inherited_and_hidden_members()
    {
        await using var seen = await SeenAsync(new Hiding { X = "x", Inherited = 2, Over = "o", Own = [1] });

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.X == "x" && e.Body.Inherited == 2 && e.Body.Over == "o" && e.Body.Own.Contains(1)));
        Assert.Equal("x", (await seen.Events.SingleAsync()).Body.X);
    }

    [Fact]
    public async Task Two_members_of_one_name()
    {
        var body = new Renaming { X = "x", Over = "o", Inherited = 2 };
        ((HiddenBase)body).X = 5;
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.X == "x" && e.Body.Over == "o" && e.Body.Inherited == 2));
        Assert.Equal(JsonSerializer.Serialize(body), JsonSerializer.Serialize((await seen.Events.SingleAsync()).Body));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.Concat(seen.Events).ToListAsync());
        Assert.Contains("X (another member hides it), Over (a member that overrides it has another name in JSON)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_JSON_includes_and_no_others()
    {
        var body = new Fields { Number = 2, Inner = new() { Name = "a", Unseen = 9, N = 3 }, Items = [new() { Name = "i", N = 4 }] };
        body.Tell(77);
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Number == 2 && e.Body.Inner!.Name == "a" && e.Body.Items.Any(i => i.Name == "i" && i.N == 4)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.CountAsync(e => e.Body.Inner!.Unseen == 9));
        var read = (await seen.Events.SingleAsync()).Body;
        Assert.Equal((2, "a", 4, 77), (read.Number, read.Inner!.Name, read.Items[0].N, read.Secret()));
    }

    [Fact]
    public async Task Structs_of_every_make()
    {
        var body = new Structs(new() { A = 1, B = "b" }, new(2, new() { A = 3 }), new(4, "f") { Extra = 8 }, new(5));
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.One.A == 1 && e.Body.One.B == "b" && e.Body.Two.A == 2 && e.Body.Two.Inside.A == 3));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Three.B == "f" && e.Body.Three.Extra == 8 && e.Body.Four.A == 5));
        Assert.Equal(body, (await seen.Events.SingleAsync()).Body);
    }

    [Fact]
    public async Task Structs_that_EF_cannot_fill()
    {
        await using var seen = await SeenAsync(new UnseenStructs(new(1, new() { A = 2 }), new PlainStruct { A = 3 }, [new() { A = 4 }], [new() { A = 5 }]));

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Around.A == 1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.CountAsync(e => e.Body.Around.Inside.A == 2));
        await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.CountAsync(e => e.Body.Maybe!.Value.A == 3));
        await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.CountAsync(e => e.Body.Many.Any(i => i.A == 4)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.CountAsync(e => e.Body.Array.Any(i => i.A == 5)));
        Assert.Equal(5, (await seen.Events.SingleAsync()).Body.Array[0].A);
    }

    [Fact]
    public async Task Names_in_snake_case_and_the_json_format()
    {
        var body = new InitOnly { UserName = "u", LoginCount = 2, FirstItem = new() { ItemName = "n" }, AllItems = [new() { ItemName = "m", N = 8 }], AllTags = ["t"], Accents = 3 };
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.UserName == "u" && e.Body.LoginCount == 2 && e.Body.Accents == 3));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.FirstItem!.ItemName == "n" && e.Body.FirstItem.N == 7));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.AllItems.Any(i => i.ItemName == "m" && i.N == 8) && e.Body.AllTags.Contains("t") && e.Body.AllTags.Any(t => t.Length == 1) && e.Body.AllTags.Length == 1));
        Assert.Equal(8, await seen.Events.Select(e => e.Body.AllItems[0].N).SingleAsync());
        Assert.Equal("m", Assert.Single((await seen.Events.Select(e => e.Body.AllItems).SingleAsync())).ItemName);
        Assert.Equal("n", (await seen.Events.SingleAsync()).Body.FirstItem!.ItemName);
    }

    [Fact]
    public async Task Names_in_kebab_case()
    {
        await using var seen = await SeenAsync(new Kebab("u", [new() { ItemName = "m" }]));

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.UserName == "u" && e.Body.AllItems.Any(i => i.ItemName == "m")));
    }

    [Fact]
    public async Task Names_that_look_like_paths()
    {
        await using var seen = await SeenAsync(new OddlyNamed(1, 2, new(3)));

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.N == 1 && e.Body.Inside.Odd == 3 && e.Body.Odd == 2));
    }

    [Fact]
    public async Task Renamed_enums()
    {
        await using var seen = await SeenAsync(new Enumerated(Renamed.First, Renamed.First, RenamedBits.One | RenamedBits.Two, [Renamed.First], [Renamed.First], [Renamed.First, Renamed.None]));
        var first = Renamed.First;

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.One == Renamed.First && e.Body.Maybe == first && e.Body.Bits == (RenamedBits.One | RenamedBits.Two)));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.List.Contains(first) && e.Body.Array.Contains(first) && e.Body.Interface.Contains(first) && e.Body.Interface.Count == 2));
    }

    [Fact]
    public async Task Lists_of_values()
    {
        var (id, day, utc, time, clock, span) = (Guid.NewGuid(), new DateOnly(2026, 1, 2), new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), Noon.AddTicks(1_234_567), new TimeOnly(1, 2, 3, 500), TimeSpan.FromHours(30));
        var body = new Listed([1, 2], [3], ["t", null], ["r", "s"], [5, 6], [4], [7], [true], [id], [1.5m], [day], [utc], [time], [clock], [span]);
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Maybe!.Contains(2) && e.Body.Maybe.Count == 2 && e.Body.Ints.Contains(3) && e.Body.Ints.Length == 1 && e.Body.Ints[0] == 3));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Texts.Contains("t") && e.Body.ReadOnlyTexts.Contains("r") && e.Body.ReadOnlyTexts.Count == 2 && e.Body.ReadOnlyTexts.ElementAt(1) == "s"));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.ReadOnlyInts.Any(i => i > 5) && e.Body.Bytes.Contains((byte)4) && e.Body.Longs.Contains(7UL) && e.Body.Flags.Contains(true)));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Ids.Contains(id) && e.Body.Prices.Any(p => p > 1m) && e.Body.Days.Contains(day)));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Utcs.Contains(utc) && e.Body.Times.Contains(time)));
        Assert.Equal(1, await seen.Events.CountAsync(e => e.Body.Clocks.Contains(clock) && e.Body.Spans.Contains(span)));
        Assert.Equal(JsonSerializer.Serialize(body), JsonSerializer.Serialize((await seen.Events.SingleAsync()).Body));
    }

    [Fact]
    public async Task Lists_that_queries_cannot_see()
    {
        var body = new UnseenLists([[1]], [new() { ["a"] = 1 }], [[1]], [new() { ItemName = "b" }], [[new() { ItemName = "c" }]]);

        await UnseenAsync(body, "Nested (its elements are neither values nor objects), Maps (", "Blobs (its elements are bytes), ReadOnlyObjects (its objects are in neither a List<T> nor an array)");
    }

    [Fact]
    public async Task In_a_context_of_ones_own()
    {
        var options = new DbContextOptionsBuilder();
        Database.Choose(options);
        await using var own = new OwnContext(options.UseTyped().Options);
        await own.Database.EnsureCreatedAsync();
        await Kebab.In(own).PutAsync(new Kebab("u", [new() { ItemName = "m" }]));
        await Heartbeat.In(own).PutAsync(new Heartbeat());

        Assert.Single(await Heartbeat.In(own).AsQueryable().Select(e => e.Id).ToListAsync());
        Assert.Equal("u", Assert.Single(await ListAsync(Kebab.In(own))).Body.UserName);
        Assert.Equal(1, await Kebab.In(own).AsQueryable().CountAsync(e => e.Body.UserName == "u"));

        // json keeps the text as it was written, members in their order.
        await InitOnly.In(own).PutAsync(new InitOnly { UserName = "n", AllTags = ["t"], AllItems = [new() { ItemName = "i" }] });
        var text = await own.Database.SqlQueryRaw<string>("SELECT CAST(body AS text) AS \"Value\" FROM init_only").SingleAsync();
        Assert.StartsWith("{\"user_name\":\"n\",\"login_count\":0", text, StringComparison.Ordinal);
        Assert.Equal(1, await InitOnly.In(own).AsQueryable().CountAsync(e => e.Body.AllTags.Contains("t") && e.Body.AllItems.Any(i => i.ItemName == "i")));
        Assert.Equal("i", (await InitOnly.In(own).AsQueryable().SingleAsync(e => e.Body.UserName == "n")).Body.AllItems[0].ItemName);
    }

    private async Task UnseenAsync<T>(T body, params string[] reasons)
        where T : IEventBody<T>
    {
        await using var seen = await SeenAsync(body);

        Assert.Equal(1, await seen.Events.CountAsync(e => e.Time <= Noon));
        Assert.NotEqual(Guid.Empty, await seen.Events.OrderBy(e => e.Time).Select(e => e.Id).SingleAsync());
        Assert.Equal(JsonSerializer.Serialize(body), JsonSerializer.Serialize((await seen.Events.SingleAsync()).Body));
        Assert.Equal(JsonSerializer.Serialize(body), JsonSerializer.Serialize(await seen.Events.Select(e => e.Body).SingleAsync()));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => seen.Events.Concat(seen.Events).ToListAsync());
        Assert.All(reasons, reason => Assert.Contains(reason, refused.Message, StringComparison.Ordinal));
    }

    /// <summary>A store of one body, read back as it was put, and the query over it.</summary>
    private async Task<Seen<T>> SeenAsync<T>(T body)
        where T : IEventBody<T>
    {
        var store = await OpenAsync<T>();
        var stream = EventStreams.In<T>(store, "default");
        await stream.PutAsync(body);
        Assert.Equal(JsonSerializer.Serialize(body), JsonSerializer.Serialize(Assert.Single(await ListAsync(stream)).Body));
        Assert.Equal(1, await stream.CountAsync());
        var context = store.CreateDbContext();
        return new(store, context, EventStreams.In<T>(context, "default").AsQueryable());
    }

    private sealed record Seen<T>(TypedStore Store, TypedDbContext Context, IQueryable<Event<T>> Events) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Context.DisposeAsync();
            await Store.DisposeAsync();
        }
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Stream<Kebab>(), Generated.Declarations.Stream<Heartbeat>(), Generated.Declarations.Stream<InitOnly>()];
    }

    private sealed class OwnContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }
}

public sealed class EventShapeTestsOnSqlite() : EventShapeTests(DatabaseServer.Sqlite);

public sealed class EventShapeTestsOnPostgres() : EventShapeTests(DatabaseServer.Postgres);

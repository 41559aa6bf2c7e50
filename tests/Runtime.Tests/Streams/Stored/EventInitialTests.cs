using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

public class InitialPart
{
    public int A { get; set; } = 2;

    public string? Text { get; set; }

    public List<int> Codes { get; set; } = [4];
}

public class InitialBase
{
    public List<string> Inherited { get; set; } = ["base"];
}

public record struct InitialPoint(int X, int Y);

[EventStream]
public partial class Initial : InitialBase
{
    public required int N { get; init; }

    public InitialPart Plain { get; set; } = new();

    public InitialPart Part { get; set; } = new() { A = 1, Text = "it's" };

    public InitialPart? Maybe { get; set; } = new() { A = 3, Codes = [] };

    public InitialPart? None { get; set; }

    public InitialPoint Point { get; set; } = new(1, 2);

    public List<int> Numbers { get; set; } = [1, 2];

    public string[] Texts { get; set; } = ["a", "b"];

    public List<int>? MaybeNumbers { get; set; } = [5];

    public List<PageKind> Kinds { get; set; } = [PageKind.Big];

    public List<DateTimeOffset> Times { get; set; } = [DateTimeOffset.UnixEpoch];

    public List<InitialPart> Parts { get; set; } = [new() { A = 7 }, new()];

    public Dictionary<string, string> Labels { get; set; } = new() { ["x"] = "y" };

    public byte[] Raw { get; set; } = [1, 2, 3];

    public byte[] Empty { get; set; } = [];
}

/// <summary>A constructor that does not do without values, so that queries know constants and empty lists only.</summary>
[EventStream]
public partial class Strict
{
    public Strict(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public string Name { get; }

    public int Rank { get; init; } = 4;

    public List<int> Codes { get; init; } = [];
}

/// <summary>Members that the class makes by an initialiser, or in its constructor: where the JSON lacks them, queries see the same.</summary>
public abstract class EventInitialTests(DatabaseServer server) : QueryMatrix<Initial>(server)
{
    private static readonly string[] s_older =
    [
        """{"n": 0}""",
        """{"n": 1, "plain": {}, "part": {}, "maybe": {}, "none": {}, "numbers": [], "texts": [], "maybeNumbers": [], "parts": [{}], "labels": {}, "raw": ""}""",
        """{"n": 2, "maybe": null, "none": null, "maybeNumbers": null, "part": {"a": 9}, "parts": [{"a": 6}, {"codes": []}], "numbers": [9]}""",
    ];

    [Fact]
    public Task Objects() => RunAsync(Bodies(), s_older, () =>
    {
        Same(events => events.Select(e => new { e.Body.N, e.Body.Plain.A, e.Body.Plain.Text, Count = e.Body.Plain.Codes.Count }));
        Same(events => events.Select(e => new { e.Body.N, e.Body.Part.A, e.Body.Part.Text, Count = e.Body.Part.Codes.Count }));
        Same(events => events.Where(e => e.Body.Part.A == 1 && e.Body.Part.Text == "it's").Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Maybe == null).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Maybe != null).Select(e => e.Body.N));
        Same(events => events.Select(e => new { e.Body.N, A = e.Body.Maybe == null ? -1 : e.Body.Maybe.A, Count = e.Body.Maybe == null ? -1 : e.Body.Maybe.Codes.Count }));
        Same(events => events.Select(e => new { e.Body.N, A = e.Body.None == null ? -1 : e.Body.None.A }));
        Same(events => events.Where(e => e.Body.Maybe != null && e.Body.Maybe.Codes.Contains(4)).Select(e => e.Body.N));
        Same(events => events.Select(e => new { e.Body.N, e.Body.Point.X, e.Body.Point.Y }));
        Same(events => events.GroupBy(e => e.Body.Part.A).Select(g => new { g.Key, Count = g.Count() }));
        Same(events => events.OrderBy(e => e.Id).Take(9).Where(e => e.Body.Part.A < 3).Select(e => e.Body.N));
        Same(events => events.LeftJoin(events.Where(e => e.Body.N > 1), e => e.Body.N, e => e.Body.N, (e, other) => new { e.Body.N, A = other == null ? (int?)null : other.Body.Part.A }));
    });

    [Fact]
    public Task Lists() => RunAsync(Bodies(), s_older, () =>
    {
        Same(events => events.Select(e => new { e.Body.N, Numbers = e.Body.Numbers.Count, Texts = e.Body.Texts.Length, Kinds = e.Body.Kinds.Count, Inherited = e.Body.Inherited.Count }));
        Same(events => events.Select(e => new { e.Body.N, Maybe = e.Body.MaybeNumbers == null ? -1 : e.Body.MaybeNumbers.Count }));
        Same(events => events.Where(e => e.Body.Numbers.Contains(2) && e.Body.Numbers[0] == 1).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Texts.Contains("b") || e.Body.Inherited.Any(text => text == "base")).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Kinds.Any(kind => kind == PageKind.Big) && e.Body.Times.Contains(DateTimeOffset.UnixEpoch)).Select(e => e.Body.N));
        Same(events => events.SelectMany(e => e.Body.Numbers));
        Same(events => events.SelectMany(e => e.Body.Parts, (e, part) => new { e.Body.N, part.A, Codes = part.Codes.Count }));
        Same(events => events.SelectMany(e => e.Body.Parts));
        Same(events => events.Select(e => new { e.Body.N, Sum = e.Body.Parts.Sum(part => part.A), Count = e.Body.Parts.Count(part => part.Codes.Contains(4)) }));
        Same(events => events.Where(e => e.Body.Parts[0].A == 7).Select(e => e.Body.N));
        Same(events => events.Select(e => new { e.Body.N, Raw = e.Body.Raw.Length, Empty = e.Body.Empty.Length }));
        Same(events => events.Select(e => new { e.Body.Raw, e.Body.Empty }));
        Same(events => events.Where(e => e.Body.Raw.Length == 0 || e.Body.Raw.Contains((byte)2)).Select(e => e.Body.N));
    });

    [Fact]
    public async Task Values_of_dictionaries()
    {
        await using var store = await OpenAsync<Initial>();
        await Initial.In(store).PutAsync([new() { N = 0 }, new() { N = 1, Labels = [] }]);
        await using var db = store.CreateDbContext();
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "UPDATE initial SET body = '{{\"n\": 0}}' WHERE id = (SELECT id FROM initial ORDER BY id LIMIT 1)");

        Assert.Equal([0], Initial.In(db).AsQueryable().Where(e => e.Body.Labels["x"] == "y").Select(e => e.Body.N).ToList());
    }

    [Fact]
    public async Task A_constructor_that_needs_values()
    {
        await using var store = await OpenAsync<Strict>();
        await Strict.In(store).PutAsync(new Strict("s") { Rank = 1, Codes = [1] });
        await using var db = store.CreateDbContext();
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "UPDATE strict SET body = '{{\"name\": \"s\"}}'");

        Assert.Equal("s", Strict.In(db).AsQueryable().Where(e => e.Body.Rank == 4 && e.Body.Codes.Count == 0).Select(e => e.Body.Name).Single());
    }

    private static Initial[] Bodies() => [new() { N = 0 }, new() { N = 1 }, new() { N = 2 }, new() { N = 3 }];
}

public sealed class EventInitialTestsOnSqlite() : EventInitialTests(DatabaseServer.Sqlite);

public sealed class EventInitialTestsOnPostgres() : EventInitialTests(DatabaseServer.Postgres);

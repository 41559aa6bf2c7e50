using System.Text.RegularExpressions;
using Typed.Tests.Harness.Databases;

namespace Typed.Generator.Tests.Docs;

/// <summary>The statements of the page copy tables of kairos's layout (its sql_backend.py, with SQLAlchemy's types) into those of the page's classes; once more changes nothing.</summary>
[Collection(ExampleProgram.Collection)]
public abstract partial class KairosTests(DatabaseServer server, string kind, string dialect)
{
    // 2026-03-21T12:00Z is minute 29568240 and hour 492804. Two rows of one bucket without a resolution: NULLs are distinct to kairos's constraint.
    private const string Tables = """
        CREATE TABLE histogram (name VARCHAR(255) NOT NULL, interval VARCHAR(255) NOT NULL, i_time INTEGER NOT NULL, r_time INTEGER, value FLOAT NOT NULL, count INTEGER NOT NULL,
            CONSTRAINT unique_value UNIQUE (name, interval, i_time, r_time, value));
        INSERT INTO histogram VALUES ('home', 'minute', 29568240, NULL, 2.5, 3), ('home', 'minute', 29568240, NULL, 2.5, 1), ('home', 'minute', 29568241, NULL, 7, 1),
            ('home', 'day', 20260321, 492804, 2.5, 4), ('home', 'day', 20260321, 492803, 9, 2), ('cart', 'day', 20260320, 492780, 1, 1);
        CREATE TABLE count (name VARCHAR(255) NOT NULL, interval VARCHAR(255) NOT NULL, i_time INTEGER NOT NULL, r_time INTEGER, count INTEGER NOT NULL,
            CONSTRAINT unique_count UNIQUE (name, interval, i_time, r_time));
        INSERT INTO count VALUES ('home', 'hour', 492804, NULL, 5), ('home', 'hour', 492804, NULL, 2), ('home', 'month', 202603, NULL, 40), ('home', 'month', 202602, NULL, 30);
        CREATE TABLE gauge (name VARCHAR(255) NOT NULL, interval VARCHAR(255) NOT NULL, i_time INTEGER NOT NULL, r_time INTEGER, value FLOAT NOT NULL,
            CONSTRAINT unique_gauge UNIQUE (name, interval, i_time, r_time));
        INSERT INTO gauge VALUES ('tank', 'hour', 492804, NULL, 12.5);
        CREATE TABLE series (name VARCHAR(255) NOT NULL, interval VARCHAR(255) NOT NULL, insert_time FLOAT NOT NULL, i_time INTEGER NOT NULL, r_time INTEGER, value FLOAT NOT NULL);
        INSERT INTO series VALUES ('roof', 'day', 3, 20260321, 492804, 30), ('roof', 'day', 2, 20260321, 492804, 20), ('roof', 'day', 1, 20260321, 492803, 10);
        SELECT 1
        """;

    private const string Read = """
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.UseSqlite("Data Source=kairos.db");
            o.TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 3, 21, 12, 1, 0, TimeSpan.Zero));
        });
        var minutes = Latency.In(store).Minute.For("home").Last(2);
        await foreach (var minute in minutes)
            Console.WriteLine($"{minute.Start:u} {string.Join(' ', minute.Value)}");
        await foreach (var (name, day) in Latency.In(store).Day.ForAll().Last(2).SkipEmpty())
            Console.WriteLine($"{name} {day.Start:u} {string.Join(' ', day.Value)}");
        await foreach (var day in Latency.In(store).Day.For("home").Last(1).WithSlots())
            Console.WriteLine(string.Join(' ', day.Slots.Select(slot => $"{slot.Start:HH} {slot.Value.Total}")));
        Console.WriteLine((await Hits.In(store).Hour.GetAsync("home")).Value);
        await foreach (var month in Hits.In(store).Month.For("home").Last(2))
            Console.WriteLine($"{month.Start:u} {month.Value}");
        Console.WriteLine((await Level.In(store).Hour.GetAsync("tank")).Value);
        Console.WriteLine(string.Join(' ', (await Reading.In(store).Day.GetAsync("roof")).Value));
        await Hits.In(store).InsertAsync("home");

        """;

    private static readonly string[] s_imported =
    [
        "2026-03-21 12:00:00Z [2.5, 4]", "2026-03-21 12:01:00Z [7, 1]",
        "cart 2026-03-20 00:00:00Z [1, 1]", "home 2026-03-21 00:00:00Z [2.5, 4] [9, 2]", "11 2 12 4",
        "7", "2026-02-01 00:00:00Z 30", "2026-03-01 00:00:00Z 40", "12.5", "10 20 30",
    ];

    [Fact]
    public async Task The_statements_copy_every_interval()
    {
        var page = Page.Text("docs/migrating-from-kairos.md");
        var program = RecipeProgram.Of([Read], Cookbook.Codes(page, "declarations").Single(), kind);
        await using var database = await server.CreateAsync();
        string[] Run() => program.Run(0, _ => database.ConnectionString);
        Run();
        await database.ScalarAsync($"{Emptied()}; {Tables}");
        var statements = Statements().Matches(page).Single(block => block.Groups["dialect"].Value == dialect).Groups["code"].Value;

        await database.ScalarAsync(statements);
        Assert.Equal(s_imported, Run());
        await database.ScalarAsync(statements[..statements.LastIndexOf("INSERT", StringComparison.Ordinal)]);

        Assert.Equal([.. s_imported[..5], "8", s_imported[6], "2026-03-01 00:00:00Z 41", .. s_imported[8..]], Run());
    }

    /// <summary>The run that makes the tables counts a hit.</summary>
    private static string Emptied() => "DELETE FROM hits_hour; DELETE FROM hits_month";

    [GeneratedRegex("```sql (?<dialect>[a-z]+)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Statements();

    public sealed class Sqlite() : KairosTests(DatabaseServer.Sqlite, "Sqlite", "sqlite");

    public sealed class Postgres() : KairosTests(DatabaseServer.Postgres, "Npgsql", "postgresql");
}

using System.Text.RegularExpressions;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Storage.Documented;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Storage;

/// <summary>docs/storage.md shows the tables as they are made, and its queries run.</summary>
public abstract partial class StorageDocTests(DatabaseServer server, string language) : StoreSuite(server)
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "docs/storage.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task Every_table_is_shown_as_it_is_made()
    {
        var options = new TypedOptionsBuilder();
        Declare(options);
        Database.Choose(options);
        var dialect = EngineRegistry.Find(options.Options).Dialect;
        await using var store = await OpenAsync(Declare);

        TableDefinition[] tables =
            [
                SystemTables.Catalog, SystemTables.Writers, SystemTables.Follow, SystemTables.Consumers, dialect.Commits,
                .. TableDefinitions.Of(options.Declarations(), dialect, TableNaming.Declared),
            ];
        var made = tables.SelectMany(dialect.Create).Select(Bare).ToList();

        Assert.True(made.Count >= 10);
        Assert.Equal(made.Order(StringComparer.Ordinal), Shown($"sql {language}").Select(Bare).Order(StringComparer.Ordinal));
    }

    /// <summary>A statement without quotes and the spaces that only readers need.</summary>
    private static string Bare(string statement) => statement.Replace("\"", "").Replace("( ", "(").Replace(" )", ")");

    [Fact]
    public async Task The_queries_give_what_was_written()
    {
        await using var store = await OpenAsync(Declare);
        await ResponseTime.In(store).InsertAsync([.. Enumerable.Range(1, 100).Select(n => new ResponseTime { Route = "/home", Milliseconds = n })]);
        await Sales.In(store).InsertAsync([new Sales("at", 1, 2.5m), new Sales("at", 2, 1m)]);
        await Upload.In(store).InsertAsync([new Upload("ada", 40), new Upload("ada", 2)]);
        await Stock.In(store).InsertAsync(new Stock(Guid.Empty, 17));
        await Visitors.In(store).InsertAsync([new Visitors("ada"), new Visitors("bob"), new Visitors("ada")]);
        await Temperature.In(store).InsertAsync(new Temperature("roof", 21.5f));
        await PageView.In(store).PutAsync(new PageView("/home", new Browser("Firefox", 140), []));

        // Each query's last column of its first row.
        var answers = new List<string>();
        foreach (var query in Shown("sql"))
        {
            var first = query.Split(" FROM ")[0];
            var column = first[(first.LastIndexOf(' ') + 1)..];
            answers.Add(FormattableString.Invariant($"{column}={await Database.ScalarAsync($"SELECT {column} FROM ({query}) AS answer")}"));
        }

        Assert.Equal(["worst=100", "p95=95", "amount=3.5", "largest=40", "pieces=17", "visitors=2", "celsius=21.5", "views=1"], answers[..^1]);
        Assert.StartsWith("layout=type: EventStream", answers[^1], StringComparison.Ordinal);
    }

    private static void Declare(TypedOptionsBuilder options) =>
        options.Only<ResponseTime>().Only<Sales>().Only<Upload>().Only<Stock>().Only<Visitors>().Only<Temperature>().Only<PageView>().Only<Payment>();

    private static List<string> Shown(string language) =>
        [.. Blocks().Matches(s_document).Where(block => block.Groups["language"].Value == language).SelectMany(block => Statements(block.Groups["code"].Value))];

    private static List<string> Statements(string sql) =>
        [.. sql.Split(';').Select(statement => Space().Replace(statement, " ").Trim()).Where(statement => statement.Length > 0)];

    [GeneratedRegex("```(?<language>[^\n]+)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Space();
}

public sealed class StorageDocTestsOnSqlite() : StorageDocTests(DatabaseServer.Sqlite, "sqlite");

public sealed class StorageDocTestsOnPostgres() : StorageDocTests(DatabaseServer.Postgres, "postgresql");

using System.Text.RegularExpressions;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Storage.Documented;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Structure;

namespace Typed.Runtime.Tests.Storage;

/// <summary>The statements of docs/operations.md run on PostgreSQL, for which they are written, and every panel shows something.</summary>
public sealed partial class OperationsDocTestsOnPostgres() : StoreSuite(DatabaseServer.Postgres)
{
    private static readonly string[] s_statements =
    [
        .. Blocks().Matches(File.ReadAllText(Path.Combine(SourceFolders.RepositoryRoot(), "docs/operations.md"))).Select(block => block.Groups["code"].Value.Trim()),
    ];

    [Fact]
    public async Task Every_statement_runs_and_every_query_gives_rows()
    {
        // The queries know no other time than the database's.
        await using var store = await OpenAsync(options =>
        {
            options.TimeProvider = TimeProvider.System;
            options.Only<ResponseTime>().Only<Sales>().Only<Upload>().Only<Stock>().Only<Visitors>().Only<Temperature>().Only<PageView>();
        });
        await ResponseTime.In(store).InsertAsync([.. Enumerable.Range(1, 100).Select(n => new ResponseTime { Route = "/home", Milliseconds = n })]);
        await Sales.In(store).InsertAsync([new Sales("at", 1, 2.5m), new Sales("at", 2, 1m)]);
        await Upload.In(store).InsertAsync([new Upload("ada", 40), new Upload("ada", 2)]);
        await Stock.In(store).InsertAsync(new Stock(Guid.Empty, 17));
        await Visitors.In(store).InsertAsync([new Visitors("ada"), new Visitors("bob")]);
        await PageView.In(store).PutAsync(new PageView("/home", new Browser("Firefox", 140), []));
        Assert.Equal(9, s_statements.Length);

        foreach (var statement in s_statements)
        {
            var rows = await Database.ReadAsync(TimeFilter().Replace(statement, "${column} BETWEEN now() - interval '1 day' AND now()"));

            Assert.True(rows.Count > 0 || statement.StartsWith("ALTER", StringComparison.Ordinal), statement);
            if (statement.Contains("p95", StringComparison.Ordinal))
            {
                Assert.EndsWith("| 95", Assert.Single(rows), StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex("```sql\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\$__timeFilter\((?<column>\w+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TimeFilter();
}

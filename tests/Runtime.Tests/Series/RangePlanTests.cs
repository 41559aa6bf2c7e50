using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Typed.Generated;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Storage;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>A page of a range reads the rows of its keys and buckets, whatever the database believes of the table: none reads the whole of it.</summary>
public abstract class RangePlanTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Points = 60_000;
    private const string Start = "2026-01-01 00:00:00Z";

    private static readonly DateTimeOffset s_start = DateTimeOffset.Parse(Start, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Points_before_and_after_an_analysis(int keys)
    {
        await using var store = await OpenAsync<PagedPoints>();
        await PagedPoints.In(store).InsertAsync(Enumerable.Range(0, Points).Select(i => new PagedPoints(Name(i), i, s_start.AddSeconds(i))));
        var statements = (PointStatements)SeriesBindings.In<PagedPoints, PagedPoints.Key, int>(store).Plan.Intervals[0].Statements;
        var starts = string.Join(',', Enumerable.Range(0, 4_096).Select(i => s_start.AddSeconds(i).ToString("u", CultureInfo.InvariantCulture)));

        for (var analyzed = 0; analyzed < 2; analyzed++)
        {
            Assert.Equal("", Fault(await ExplainAsync(statements.Statistics.For(keys), keys, $"'{{{starts}}}', '2026-01-01 01:08:16Z'"), keys));
            Assert.Equal("", Fault(await ExplainAsync(statements.Range.For(keys), keys, $"'{Start}', '2026-01-01 01:00:00Z', 20000"), keys));
            Assert.Equal("", Fault(await ExplainAsync(statements.Extent.For(keys), keys, $"'{Start}'"), keys));
            await Database.ScalarAsync("analyze");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Buckets_before_and_after_an_analysis(int keys)
    {
        await using var store = await OpenAsync<PagedValues>();
        await PagedValues.In(store).InsertAsync(Enumerable.Range(0, Points).Select(i => new PagedValues(Name(i), i % 10, s_start.AddSeconds(i))));
        var statements = (RollupStatements)SeriesBindings.In<PagedValues, PagedValues.Key, int>(store).Plan.Intervals[0].Statements;

        for (var analyzed = 0; analyzed < 2; analyzed++)
        {
            var range = $"'{Start}', '2026-01-01 01:00:00Z', 20000";
            Assert.Equal("", Fault(await ExplainAsync(statements.Range.For(keys), keys, range), keys));
            Assert.Equal("", Fault(await ExplainAsync(statements.Unmerged.For(keys), keys, range), keys));
            Assert.Equal("", Fault(await ExplainAsync(statements.Statistics.For(keys), keys, range), keys));
            Assert.Equal("", Fault(await ExplainAsync(statements.Extent.For(keys), keys, $"'{Start}'"), keys));
            await Database.ScalarAsync("analyze");
        }
    }

    [Fact]
    public async Task The_check_can_fail()
    {
        await using var store = await OpenAsync<PagedValues>();

        Assert.NotEqual("", Fault(await ExplainAsync(new("SELECT count(*) FROM paged_values_second AS t"), keys: 0, ""), 0));
    }

    private static string Name(int i) => i % 2 == 0 ? "a" : "b";

    /// <summary>What is wrong with a plan.</summary>
    private string Fault(string plan, int keys)
    {
        // A sort is fine: a page's worth of rows. On SQLite the table comes after its keys and buckets, so that it is searched by them.
        var good = IsSqlite
            ? plan.Split('\n').Last(line => line.StartsWith("SEARCH ", StringComparison.Ordinal) || line.StartsWith("SCAN ", StringComparison.Ordinal)).StartsWith("SEARCH t ", StringComparison.Ordinal)
            : plan.Split('\n').Where(line => line.Contains(" Cond: ", StringComparison.Ordinal)).All(line => line.Contains("Cond: ((name = ", StringComparison.Ordinal) && line.Contains(" >= ", StringComparison.Ordinal))
                && (keys > 1 || !plan.Contains("Nested Loop", StringComparison.Ordinal));
        return good && !plan.Contains("Seq Scan", StringComparison.Ordinal) && !plan.Contains("SCAN t", StringComparison.Ordinal) ? "" : plan;
    }

    private bool IsSqlite => Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);

    private async Task<string> ExplainAsync(Sql sql, int keys, string arguments)
    {
        if (IsSqlite)
        {
            await using var file = new SqliteConnection(Database.ConnectionString);
            return await Plans.LinesAsync(file, $"explain query plan {sql.Text}", column: 3);
        }

        // Statements are prepared, and PostgreSQL may keep a plan that knows no values: that has to be as good.
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        var plans = "";
        foreach (var mode in new[] { "force_generic_plan", "force_custom_plan" })
        {
            var call = keys == 0 ? sql.Text : $"execute page({(keys == 1 ? "'a'" : "'{a,b}'")}, {arguments})";
            plans += await Plans.LinesAsync(connection, $"deallocate all; set plan_cache_mode = {mode}; prepare page as {sql.Text}; explain {call}", column: 0);
        }

        return plans;
    }
}

public sealed class RangePlanTestsOnSqlite() : RangePlanTests(DatabaseServer.Sqlite);

public sealed class RangePlanTestsOnPostgres() : RangePlanTests(DatabaseServer.Postgres);

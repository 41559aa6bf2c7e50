using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Typed.Generated;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Storage;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>A page after an id is a range of the primary key, however long the stream: no sort, no scan.</summary>
public abstract class PlanTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Pages_counts_and_deletion_are_ranges_of_the_primary_key()
    {
        await using var store = await OpenAsync<Visit>();
        await Visit.In(store).PutAsync(Enumerable.Range(0, 30_000).Select(n => (new Visit(n), Noon.AddTicks(n))));
        await Visit.In(store, "other").PutAsync(Enumerable.Range(0, 5_000).Select(n => (new Visit(n), Noon.AddTicks(n))));
        await Database.ScalarAsync("analyze");
        var statements = store.TablesOf(typeof(Visit)).Stream(Declarations.Definition<Visit>());

        Assert.Equal("", Fault(await ExplainAsync(statements.Ascending.Text, pages: true)));
        Assert.Equal("", Fault(await ExplainAsync(statements.Descending.Text, pages: true)));
        Assert.Equal("", Fault(await ExplainAsync(statements.Delete.Text, pages: false), "Bitmap"));
        Assert.NotEqual("", Fault(await ExplainAsync(statements.Ascending.Text.Replace("ORDER BY \"id\"", "ORDER BY \"time\"", StringComparison.Ordinal), pages: true)));
    }

    /// <summary>What is wrong with a plan.</summary>
    private string Fault(string plan, string? allowed = null)
    {
        var sqlite = Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);
        var good = sqlite
            ? plan.Contains("(namespace=? AND id>? AND id<?)", StringComparison.Ordinal)
            : plan.Contains("Index Cond", StringComparison.Ordinal) && plan.Contains("id >=", StringComparison.Ordinal);
        string[] bad = ["SCAN", "TEMP B-TREE", "Seq Scan", "Sort", "Bitmap"];
        return good && !bad.Any(word => word != allowed && plan.Contains(word, StringComparison.Ordinal)) ? "" : plan;
    }

    private async Task<string> ExplainAsync(string sql, bool pages)
    {
        if (Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal))
        {
            await using var file = new SqliteConnection(Database.ConnectionString);
            return await Plans.LinesAsync(file, $"explain query plan {sql}", column: 3);
        }

        // Statements are prepared, and PostgreSQL may keep a plan that knows no values: that has to be as good.
        var (types, values) = pages ? (", bigint", ", 100") : ("", "");
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        var after = EventId.First(Noon.AddTicks(15_000));
        return await Plans.LinesAsync(connection, string.Create(CultureInfo.InvariantCulture, $"""
            set plan_cache_mode = force_generic_plan; prepare page(text, uuid, uuid{types}) as {sql};
            explain execute page('default', '{after}', '{EventId.Last(DateTimeOffset.MaxValue)}'{values})
            """), column: 0);
    }
}

public sealed class PlanTestsOnSqlite() : PlanTests(DatabaseServer.Sqlite);

public sealed class PlanTestsOnPostgres() : PlanTests(DatabaseServer.Postgres);

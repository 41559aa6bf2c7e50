using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Writing;

/// <summary>
/// A network that swallows the rest of a request: the server waits for it inside a transaction that holds the writer's line, and would do so for hours. New
/// connections work.
/// </summary>
public sealed class HalfRequestTests
{
    [Theory]
    [InlineData("points", 1_200, "COPY \"late_series")]
    [InlineData("points", 3, "tardy")]
    [InlineData("count", 1, "tardy")]
    [InlineData("events", 1_200, "COPY \"late_event")]
    public async Task The_next_attempt_ends_the_one_that_waits_for_its_rest(string type, int rows, string end)
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("half");
        await using var proxy = BreakableProxy.To(database.ConnectionString);
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().Only<LateSeries>().Only<LateEvent>().UseNpgsql(proxy.ConnectionString);
            (o.Writers, o.WriteTimeout) = (1, TimeSpan.FromSeconds(20));
        });
        await WriteAsync("warm");
        await WriteAsync("warm");
        var swallowed = proxy.SwallowAfter(end);

        // Fails where it is not done within WriteTimeout.
        await WriteAsync("tardy");

        Assert.True(swallowed.IsCompletedSuccessfully, "The proxy did not find the request.");
        await LateCount.In(store).InsertAsync("other", 1);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var count = source.CreateCommand(type switch
        {
            "count" => "select coalesce(sum(value), 0)::bigint from late_count_day where name = 'tardy'",
            "points" => "select count(*) from late_series_points where name = 'tardy'",
            _ => "select count(*) from late_event where body ->> 'name' = 'tardy'",
        });
        Assert.Equal((long)rows, await count.ExecuteScalarAsync());
        await using var left = source.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null");
        Assert.Equal(0L, await left.ExecuteScalarAsync());

        async Task WriteAsync(string name)
        {
            var numbers = Enumerable.Range(0, rows);
            switch (type)
            {
                case "count":
                    await LateCount.In(store).InsertAsync(name, rows);
                    break;
                case "points":
                    await LateSeries.In(store).InsertAsync(numbers.Select(i => new LateSeries(name, i)));
                    break;
                default:
                    await LateEvent.In(store).PutAsync(numbers.Select(i => new LateEvent(name, i)));
                    break;
            }
        }
    }
}

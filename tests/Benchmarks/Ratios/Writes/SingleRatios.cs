using Npgsql;
using NpgsqlTypes;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>Points one by one, each awaited, on PostgreSQL; by hand a one-row upsert each, in a transaction of its own.</summary>
public abstract class SingleRatio(string name, double limit, int callers, int calls, bool isExplicit = false) : PostgresRatio<Hit>(name, limit, callers)
{
    private readonly int _callers = callers;

    private static readonly DateTimeOffset s_at = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_routes = [.. Enumerable.Range(0, 1_000).Select(i => $"/page/{i}")];

    protected override string Comparison =>
        "select count(*) filter (where o.route is null or h.route is null) = 0 and count(*) > 0 from hit_second o full join hand h using (route, bucket, hits)";

    public override async ValueTask Ours() =>
        await Callers.RunAsync(_callers, calls, async n => await Hit.In(Store).InsertAsync(s_routes[n % s_routes.Length], 1, s_at));

    public override async ValueTask Theirs() => await Callers.RunAsync(_callers, calls, async n =>
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "insert into hand as t (route, bucket, hits) values ($1, $2, $3) on conflict (route, bucket) do update set hits = t.hits + excluded.hits",
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = s_routes[n % s_routes.Length], NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<DateTime> { TypedValue = s_at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<long> { TypedValue = 1, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        };
        if (!isExplicit)
        {
            await command.ExecuteNonQueryAsync();
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    });

    protected override Task PrepareAsync() => ExecuteAsync("create table hand (like hit_second including all) with (fillfactor = 70)");
}

/// <summary>64 callers.</summary>
public sealed class SingleOfMany() : SingleRatio("insert single points, 64 callers, PostgreSQL", limit: 1 / 3.0, callers: 64, calls: 6_400);

/// <summary>One caller, against a transaction that begins and commits.</summary>
public sealed class SingleOfOne() : SingleRatio("insert single points, 1 caller, PostgreSQL", limit: 1 / 0.9, callers: 1, calls: 500, isExplicit: true);

/// <summary>One caller, against a bare statement, which the server commits by itself: it could not be told from its own repetition. Shown without a limit.</summary>
public sealed class SingleOfOneBare()
    : SingleRatio("insert single points, 1 caller, against a bare statement", limit: double.PositiveInfinity, callers: 1, calls: 500);

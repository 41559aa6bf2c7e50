using Npgsql;
using NpgsqlTypes;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>Npgsql, with a pool and automatic preparation as the store sets them.</summary>
internal sealed class PostgresByHand : IByHand
{
    private readonly NpgsqlDataSource _source;

    public PostgresByHand(string connectionString) =>
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2 });

    public async Task<List<(DateTimeOffset Start, long Hits)>> VisitsAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT bucket, hits FROM visit_minute WHERE route = $1 AND bucket BETWEEN $2 AND $3 ORDER BY bucket", connection);
        Bind(command, route, first, last);
        await using var reader = await command.ExecuteReaderAsync();
        List<(DateTimeOffset, long)> buckets = [];
        while (await reader.ReadAsync())
        {
            buckets.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1)));
        }

        return buckets;
    }

    public async Task<List<(string Route, DateTimeOffset Start, long Hits)>> AllVisitsAsync(DateTimeOffset first, DateTimeOffset last)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT route, bucket, hits FROM visit_minute WHERE bucket BETWEEN $1 AND $2 ORDER BY route, bucket", connection);
        Bind(command, first, last);
        await using var reader = await command.ExecuteReaderAsync();
        List<(string, DateTimeOffset, long)> buckets = [];
        while (await reader.ReadAsync())
        {
            buckets.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt64(2)));
        }

        return buckets;
    }

    public async Task<List<(DateTimeOffset Start, long Hits)>> QuartersAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT date_bin('15 minutes', bucket, '2000-01-01Z'), sum(hits)::bigint
            FROM visit_minute WHERE route = $1 AND bucket BETWEEN $2 AND $3 GROUP BY 1 ORDER BY 1
            """,
            connection);
        Bind(command, route, first, last);
        await using var reader = await command.ExecuteReaderAsync();
        List<(DateTimeOffset, long)> buckets = [];
        while (await reader.ReadAsync())
        {
            buckets.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1)));
        }

        return buckets;
    }

    public async Task<List<(DateTimeOffset Start, Distribution Latencies)>> LatenciesAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT bucket, milliseconds, count FROM latency_minute WHERE route = $1 AND bucket BETWEEN $2 AND $3 ORDER BY bucket, milliseconds", connection);
        Bind(command, route, first, last);
        await using var reader = await command.ExecuteReaderAsync();
        var builder = new DistributionBuilder();
        while (await reader.ReadAsync())
        {
            builder.Add(reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1), reader.GetInt64(2));
        }

        return builder.Build();
    }

    public async Task<List<(DateTimeOffset Start, Figures Figures)>> LatencyFiguresAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT bucket, sum(count)::bigint, sum(milliseconds * count), min(milliseconds), max(milliseconds)
            FROM latency_minute WHERE route = $1 AND bucket BETWEEN $2 AND $3 GROUP BY bucket ORDER BY bucket
            """,
            connection);
        Bind(command, route, first, last);
        await using var reader = await command.ExecuteReaderAsync();
        List<(DateTimeOffset, Figures)> buckets = [];
        while (await reader.ReadAsync())
        {
            buckets.Add((reader.GetFieldValue<DateTimeOffset>(0), new(reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4))));
        }

        return buckets;
    }

    public async Task<long> VisitsAtAsync(string route, DateTimeOffset bucket)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT hits FROM visit_minute WHERE route = $1 AND bucket = $2", connection);
        Bind(command, route, bucket);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? reader.GetInt64(0) : 0;
    }

    public async Task<Distribution> LatenciesAtAsync(string route, DateTimeOffset bucket)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT milliseconds, count FROM latency_minute WHERE route = $1 AND bucket = $2 ORDER BY milliseconds", connection);
        Bind(command, route, bucket);
        await using var reader = await command.ExecuteReaderAsync();
        List<double> values = [];
        List<long> counts = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetDouble(0));
            counts.Add(reader.GetInt64(1));
        }

        return new([.. values], [.. counts]);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static void Bind(NpgsqlCommand command, string route, params ReadOnlySpan<DateTimeOffset> times)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = route, NpgsqlDbType = NpgsqlDbType.Text });
        Bind(command, times);
    }

    private static void Bind(NpgsqlCommand command, params ReadOnlySpan<DateTimeOffset> times)
    {
        foreach (var time in times)
        {
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        }
    }
}

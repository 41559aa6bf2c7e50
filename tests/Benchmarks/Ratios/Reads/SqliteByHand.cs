using Microsoft.Data.Sqlite;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>Microsoft.Data.Sqlite: one open connection and a prepared command per statement, which is as fast as it gets.</summary>
internal sealed class SqliteByHand : IByHand
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _visits;
    private readonly SqliteCommand _allVisits;
    private readonly SqliteCommand _quarters;
    private readonly SqliteCommand _latencies;
    private readonly SqliteCommand _figures;
    private readonly SqliteCommand _visitsAt;
    private readonly SqliteCommand _latenciesAt;

    public SqliteByHand(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        _visits = Prepare("SELECT bucket, hits FROM visit_minute WHERE route = $route AND bucket BETWEEN $first AND $last ORDER BY bucket", "$first", "$last");
        _allVisits = Prepare("SELECT route, bucket, hits FROM visit_minute WHERE route >= $route AND bucket BETWEEN $first AND $last ORDER BY route, bucket", "$first", "$last");
        _quarters = Prepare(
            """
            SELECT bucket - bucket % 900000000, sum(hits)
            FROM visit_minute WHERE route = $route AND bucket BETWEEN $first AND $last GROUP BY bucket - bucket % 900000000 ORDER BY 1
            """,
            "$first",
            "$last");
        _latencies = Prepare(
            "SELECT bucket, milliseconds, count FROM latency_minute WHERE route = $route AND bucket BETWEEN $first AND $last ORDER BY bucket, milliseconds", "$first", "$last");
        _figures = Prepare(
            """
            SELECT bucket, sum(count), sum(milliseconds * count), min(milliseconds), max(milliseconds)
            FROM latency_minute WHERE route = $route AND bucket BETWEEN $first AND $last GROUP BY bucket ORDER BY bucket
            """,
            "$first",
            "$last");
        _visitsAt = Prepare("SELECT hits FROM visit_minute WHERE route = $route AND bucket = $bucket", "$bucket");
        _latenciesAt = Prepare("SELECT milliseconds, count FROM latency_minute WHERE route = $route AND bucket = $bucket ORDER BY milliseconds", "$bucket");
    }

    public Task<List<(DateTimeOffset Start, long Hits)>> VisitsAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        using var reader = Read(_visits, route, first, last);
        List<(DateTimeOffset, long)> buckets = [];
        while (reader.Read())
        {
            buckets.Add((Time(reader.GetInt64(0)), reader.GetInt64(1)));
        }

        return Task.FromResult(buckets);
    }

    public Task<List<(string Route, DateTimeOffset Start, long Hits)>> AllVisitsAsync(DateTimeOffset first, DateTimeOffset last)
    {
        using var reader = Read(_allVisits, "", first, last);
        List<(string, DateTimeOffset, long)> buckets = [];
        while (reader.Read())
        {
            buckets.Add((reader.GetString(0), Time(reader.GetInt64(1)), reader.GetInt64(2)));
        }

        return Task.FromResult(buckets);
    }

    public Task<List<(DateTimeOffset Start, long Hits)>> QuartersAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        using var reader = Read(_quarters, route, first, last);
        List<(DateTimeOffset, long)> buckets = [];
        while (reader.Read())
        {
            buckets.Add((Time(reader.GetInt64(0)), reader.GetInt64(1)));
        }

        return Task.FromResult(buckets);
    }

    public Task<List<(DateTimeOffset Start, Distribution Latencies)>> LatenciesAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        using var reader = Read(_latencies, route, first, last);
        var builder = new DistributionBuilder();
        while (reader.Read())
        {
            builder.Add(Time(reader.GetInt64(0)), reader.GetDouble(1), reader.GetInt64(2));
        }

        return Task.FromResult(builder.Build());
    }

    public Task<List<(DateTimeOffset Start, Figures Figures)>> LatencyFiguresAsync(string route, DateTimeOffset first, DateTimeOffset last)
    {
        using var reader = Read(_figures, route, first, last);
        List<(DateTimeOffset, Figures)> buckets = [];
        while (reader.Read())
        {
            buckets.Add((Time(reader.GetInt64(0)), new(reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4))));
        }

        return Task.FromResult(buckets);
    }

    public Task<long> VisitsAtAsync(string route, DateTimeOffset bucket)
    {
        using var reader = Read(_visitsAt, route, bucket);
        return Task.FromResult(reader.Read() ? reader.GetInt64(0) : 0);
    }

    public Task<Distribution> LatenciesAtAsync(string route, DateTimeOffset bucket)
    {
        using var reader = Read(_latenciesAt, route, bucket);
        List<double> values = [];
        List<long> counts = [];
        while (reader.Read())
        {
            values.Add(reader.GetDouble(0));
            counts.Add(reader.GetInt64(1));
        }

        return Task.FromResult(new Distribution([.. values], [.. counts]));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in (SqliteCommand[])[_visits, _allVisits, _quarters, _latencies, _figures, _visitsAt, _latenciesAt])
        {
            await command.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    private static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static SqliteDataReader Read(SqliteCommand command, string route, params ReadOnlySpan<DateTimeOffset> times)
    {
        command.Parameters[0].Value = route;
        for (var i = 0; i < times.Length; i++)
        {
            command.Parameters[i + 1].Value = (times[i] - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        }

        return command.ExecuteReader();
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> times)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the texts stand above
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.Add("$route", SqliteType.Text);
        foreach (var time in times)
        {
            command.Parameters.Add(time, SqliteType.Integer);
        }

        command.Prepare();
        return command;
    }
}

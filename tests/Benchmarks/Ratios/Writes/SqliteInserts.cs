using Microsoft.Data.Sqlite;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>Points of a Series: a row each on both sides.</summary>
public sealed class SampleInsert() : SqliteInsert<Sample>("Series")
{
    protected override Sample[] Make(int round) =>
        [.. Enumerable.Range(0, Points).Select(i => new Sample { Sensor = Keys.Of(i), Value = i / 8.0, At = Start.AddSeconds((round * Points) + i) })];

    protected override async ValueTask InsertAsync() => await Sample.In(Store).InsertAsync(Round);

    protected override void Write(SqliteCommand command)
    {
        command.CommandText = "INSERT INTO sample_points (sensor, time, value) VALUES ($sensor, $time, $value)";
        var sensor = command.Parameters.Add("$sensor", SqliteType.Text);
        var time = command.Parameters.Add("$time", SqliteType.Integer);
        var value = command.Parameters.Add("$value", SqliteType.Real);
        command.Prepare();
        foreach (var point in Round)
        {
            sensor.Value = point.Sensor;
            time.Value = Microseconds(point.At);
            value.Value = point.Value;
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>A Count whose points all have a bucket of their own: nothing to combine, so both sides upsert as many rows.</summary>
public sealed class HitInsert() : SqliteInsert<Hit>("Count, a bucket each")
{
    protected override Hit[] Make(int round) =>
        [.. Enumerable.Range(0, Points).Select(i => new Hit { Route = Keys.Of(i), Hits = 1 + (i % 3), At = Start.AddSeconds((round * Points) + i) })];

    protected override async ValueTask InsertAsync() => await Hit.In(Store).InsertAsync(Round);

    protected override void Write(SqliteCommand command)
    {
        command.CommandText = "INSERT INTO hit_second (route, bucket, hits) VALUES ($route, $bucket, $hits) ON CONFLICT DO UPDATE SET hits = hits + excluded.hits";
        var route = command.Parameters.Add("$route", SqliteType.Text);
        var bucket = command.Parameters.Add("$bucket", SqliteType.Integer);
        var hits = command.Parameters.Add("$hits", SqliteType.Integer);
        command.Prepare();
        foreach (var point in Round)
        {
            route.Value = point.Route;
            bucket.Value = Microseconds(point.At);
            hits.Value = point.Hits;
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>A Histogram of fifty distinct values in each minute of each key: ours combines first, theirs upserts point by point.</summary>
public sealed class DurationInsert() : SqliteInsert<Duration>("Histogram")
{
    protected override Duration[] Make(int round) =>
        [.. Enumerable.Range(0, Points).Select(i => new Duration { Route = Keys.Of(i), Milliseconds = i * 7919 % 1000 / 4.0, At = Start.AddMilliseconds(10L * ((round * Points) + i)) })];

    protected override async ValueTask InsertAsync() => await Duration.In(Store).InsertAsync(Round);

    protected override void Write(SqliteCommand command)
    {
        command.CommandText =
            "INSERT INTO duration_minute (route, bucket, milliseconds, count) VALUES ($route, $bucket, $milliseconds, 1) ON CONFLICT DO UPDATE SET count = count + 1";
        var route = command.Parameters.Add("$route", SqliteType.Text);
        var bucket = command.Parameters.Add("$bucket", SqliteType.Integer);
        var milliseconds = command.Parameters.Add("$milliseconds", SqliteType.Real);
        command.Prepare();
        foreach (var point in Round)
        {
            route.Value = point.Route;
            bucket.Value = Microseconds(point.At) / 60_000_000 * 60_000_000;
            milliseconds.Value = point.Milliseconds;
            command.ExecuteNonQuery();
        }
    }
}

internal static class Keys
{
    private static readonly string[] s_keys = [.. Enumerable.Range(0, 20).Select(i => $"/products/{i}")];

    public static string Of(int i) => s_keys[i % s_keys.Length];
}

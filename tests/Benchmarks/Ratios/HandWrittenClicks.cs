using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Typed.Benchmarks.Ratios;

/// <summary>What a careful developer would write without the library: points combined in dictionaries, sorted so that writers cannot deadlock, upserted in one transaction.</summary>
internal sealed class HandWrittenClicks(NpgsqlDataSource source)
{
    public static readonly string[] Intervals = ["minute", "hour", "day"];

    private static readonly long[] s_widths = [TimeSpan.TicksPerMinute, TimeSpan.TicksPerHour, TimeSpan.TicksPerDay];

    private static readonly Comparison<(string Page, long Bucket)> s_order = static (a, b) =>
    {
        var order = string.CompareOrdinal(a.Page, b.Page);
        return order == 0 ? a.Bucket.CompareTo(b.Bucket) : order;
    };

    public async Task CreateTablesAsync()
    {
        foreach (var interval in Intervals)
        {
            await using var command = source.CreateCommand(
                $"""create table hand_{interval} (page text collate "C", bucket timestamptz, value bigint not null, primary key (page, bucket)) with (fillfactor = 70)""");
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task InsertAsync(IReadOnlyList<Click> points)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        for (var i = 0; i < Intervals.Length; i++)
        {
            batch.BatchCommands.Add(Upsert(Intervals[i], Combine(points, s_widths[i])));
        }

        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static Dictionary<(string Page, long Bucket), long> Combine(IReadOnlyList<Click> points, long width)
    {
        var totals = new Dictionary<(string Page, long Bucket), long>();
        foreach (var point in points)
        {
            var ticks = point.At.UtcTicks;
            CollectionsMarshal.GetValueRefOrAddDefault(totals, (point.Page, ticks - (ticks % width)), out _)++;
        }

        return totals;
    }

    private static NpgsqlBatchCommand Upsert(string interval, Dictionary<(string Page, long Bucket), long> totals)
    {
        var cells = totals.Keys.ToArray();
        Array.Sort(cells, s_order);
        var pages = new string[cells.Length];
        var buckets = new DateTime[cells.Length];
        var values = new long[cells.Length];
        for (var row = 0; row < cells.Length; row++)
        {
            pages[row] = cells[row].Page;
            buckets[row] = new DateTime(cells[row].Bucket, DateTimeKind.Utc);
            values[row] = totals[cells[row]];
        }

        return new NpgsqlBatchCommand(
            $"""
            insert into hand_{interval} as t (page, bucket, value) select * from unnest($1, $2, $3)
            on conflict (page, bucket) do update set value = t.value + excluded.value
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = pages, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter<DateTime[]> { TypedValue = buckets, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new NpgsqlParameter<long[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            },
        };
    }
}

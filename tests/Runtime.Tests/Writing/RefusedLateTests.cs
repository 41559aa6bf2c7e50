using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Writing;

/// <summary>A flush that breaks, is refused when it is tried again, and breaks once more while it is settled what became of it.</summary>
public sealed class RefusedLateTests
{
    [Theory]
    [InlineData(ProxyFault.Cut)]
    [InlineData(ProxyFault.LoseReply)]
    [InlineData(ProxyFault.Late)]
    public async Task Every_piece_of_the_way_after_a_refusal(ProxyFault fault)
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("refuse");
        await using var proxy = BreakableProxy.To(database.ConnectionString);
        List<UnwrittenItem> rejected = [];
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().UseNpgsql(proxy.ConnectionString);
            (o.OnRejected, o.FlushInterval, o.Writers) = (rejected.Add, TimeSpan.FromHours(1), 1);
        });
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ExecuteAsync(source, "alter table late_count_day add check (name <> 'poison')");
        var expected = 0L;
        for (var piece = 1; piece <= 14; piece++)
        {
            for (var i = 0; i < 4; i++)
            {
                await LateCount.In(store).Post($"k{i}");
            }

            await LateCount.In(store).Post("poison");
            expected += 4;
            _ = proxy.CutReplyTo("INSERT INTO \"late_count_day\"");
            _ = proxy.FaultAt(piece, fault);
            await store.FlushAsync();
            proxy.Restore();
            Assert.Equal(piece, rejected.Count);
            Assert.Equal(expected, await ExecuteAsync(source, "select sum(value)::bigint from late_count_day"));
        }

        await Task.Delay(700);
        Assert.Equal(expected, await ExecuteAsync(source, "select sum(value)::bigint from late_count_day"));
        Assert.Equal(expected, await ExecuteAsync(source, "select sum(value)::bigint from late_count_minute where name <> 'poison'"));
    }

    private static async Task<object?> ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

using System.Diagnostics.Metrics;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Streams.Stored;
using Typed.Runtime.Tests.Writing;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>Posting allocates nothing when it is steady, whether counters are listened to or not.</summary>
public abstract class PostCostTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Posts = 2_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Posting_allocates_nothing(bool isHeard)
    {
        await using var store = await OpenAsync(options =>
        {
            options.Only<Hit>().Only<Remark>();
            options.FlushInterval = TimeSpan.FromHours(1);
            options.TimeProvider = TimeProvider.System; // that of the tests allocates
        });
        using var listener = new MeterListener();
        var heard = 0L;
        if (isHeard)
        {
            listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Typed")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => heard += instrument.Name == "typed.items.accepted" ? value : 0);
        }

        listener.Start();
        var hits = Hit.In(store);
        var remarks = Remark.In(store);
        var remark = new Remark(1, "text");

        // Code that the compiler has not optimised yet boxes; buffers grow in the first rounds.
        var (allocated, before) = (Post(hits, remarks, remark), 0L);
        for (var round = 0; round < 100 && allocated != (0, 0); round++)
        {
            await store.FlushAsync();
            await Task.Delay(50);
            before = heard;
            allocated = Post(hits, remarks, remark);
        }

        Assert.Equal((0, 0), allocated);
        Assert.Equal(isHeard ? 2 * Posts : 0, heard - before);
    }

    /// <summary>Posts points and events and gives the bytes that each took.</summary>
    private static (long Points, long Events) Post(Hit.Handle hits, EventStream<Remark> remarks, Remark remark)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Posts; n++)
        {
            AssertDone(hits.Post("/", 1));
        }

        var between = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Posts; n++)
        {
            AssertDone(remarks.Post(remark));
        }

        return (between - before, GC.GetAllocatedBytesForCurrentThread() - between);

        static void AssertDone(ValueTask post) => Assert.True(post.IsCompletedSuccessfully);
    }
}

[Collection(nameof(AloneInTheProcess))]
public sealed class PostCostTestsOnSqlite() : PostCostTests(DatabaseServer.Sqlite);

[Collection(nameof(AloneInTheProcess))]
public sealed class PostCostTestsOnPostgres() : PostCostTests(DatabaseServer.Postgres);

using Typed.Tests.Harness.Files;
using Typed.Writing.Spool;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>Damaged spools: what is found, what is kept, and what is not sent because it may have been written.</summary>
public sealed class SpoolRepairTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Guid _writer = Guid.NewGuid();

    private string Folder => _folder.File("spool");

    private SpoolOptions Options => new() { Folder = Folder };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_frame_damaged_in_turn()
    {
        Make();
        var path = Assert.Single(Directory.GetFiles(Folder, "*.spool"));
        var whole = File.ReadAllBytes(path);
        var identity = File.ReadAllBytes(Path.Combine(Folder, SpoolFormat.IdentityFile));
        var frames = Frames(path);
        for (var frame = 0; frame < frames.Count - 1; frame++)
        {
            var bytes = whole.ToArray();
            bytes[frames[frame].Start + SpoolFormat.FrameBytes] ^= 0x5A;
            File.WriteAllBytes(path, bytes);
            File.WriteAllBytes(Path.Combine(Folder, SpoolFormat.IdentityFile), identity);
            Assert.Throws<SpoolException>(() => new SpoolLog(Options));

            var done = SpoolRepair.Run(Options, keepsUncertain: false);

            var isItem = frames[frame].Kind == FrameKind.Item;
            Assert.Equal((1, isItem ? 1 : 0), (done.Parts, done.Items));
            using var log = new SpoolLog(Options);
            var left = Read(log);

            // 1 to 10 were written, and 14.
            var open = Enumerable.Range(1, 20).Select(i => (long)i).Where(i => i is > 10 and not 14).ToArray();
            if (frames[frame].Kind is FrameKind.Item or FrameKind.Time)
            {
                Assert.Equal(0, done.Uncertain);
                Assert.Equal(isItem ? open.Where(item => item != frames[frame].Item) : open, left.Select(item => item.Number));
            }
            else if (frames[frame].Kind == FrameKind.Lane)
            {
                Assert.Equal(open, left.Select(item => item.Number));
            }
            else
            {
                // What was said there is not known: items that stand before it are not sent, and none that was written is.
                Assert.DoesNotContain(left, item => item.Number <= 10 || item.Number == 14);
                Assert.Subset(open.ToHashSet(), left.Select(item => item.Number).ToHashSet());
            }

            Assert.All(left, item => Assert.True(item.Text is null || item.Text == $"item {item.Number}"));
        }
    }

    [Fact]
    public void Nothing_is_set_aside_where_nothing_is_damaged()
    {
        Make();
        var done = SpoolRepair.Run(Options, keepsUncertain: false);
        Assert.Equal(new SpoolRepaired(0, 0, 0, 9), done);
    }

    [Fact]
    public void A_spool_in_use_is_refused()
    {
        using var log = new SpoolLog(Options);
        Assert.Contains("in use", Assert.Throws<SpoolException>(() => SpoolRepair.Run(Options, keepsUncertain: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spool_that_forgot_who_it_is()
    {
        Make();
        File.Delete(Path.Combine(Folder, SpoolFormat.IdentityFile));
        Assert.Throws<SpoolException>(() => new SpoolLog(Options));

        Assert.Equal(9, SpoolRepair.Run(Options, keepsUncertain: false).Kept);

        using var log = new SpoolLog(Options);
        Assert.Equal(9, log.OpenItems);
    }

    /// <summary>Items 1 to 20, of which 1 to 10 and 14 were written; more is said after the last of them.</summary>
    private void Make()
    {
        using var log = new SpoolLog(Options);
        var lane = new SpoolLane(1, "test: items");
        Append(log, lane, 1, 10);
        log.Begin(_writer, 1, ItemSet.Of([.. Enumerable.Range(1, 10).Select(i => (long)i)]));
        log.End(_writer, isApplied: true);
        Append(log, lane, 11, 20);
        log.Begin(_writer, 2, ItemSet.Of(14));
        log.End(_writer, isApplied: true);
        log.Begin(_writer, 3, ItemSet.Of(15));
        log.End(_writer, isApplied: false);
    }

    private static void Append(SpoolLog log, SpoolLane lane, int first, int last)
    {
        var record = RecordWriter.OfThread;
        for (var number = first; number <= last; number++)
        {
            lane.Begin(record.Payload);
            record.Text($"item {number}");
            lock (log.Sync)
            {
                Assert.True(log.TryAppend(lane, record.Payload.Written, out _));
            }
        }
    }

    private static List<(int Start, FrameKind Kind, long Item)> Frames(string path)
    {
        using var reader = new FrameReader(path);
        reader.Header();
        List<(int, FrameKind, long)> frames = [];
        while (reader.TryRead(out var payload))
        {
            frames.Add((reader.Frame, (FrameKind)payload[0], reader.Ordinal + 1));
        }

        return frames;
    }

    private static List<(long Number, string? Text)> Read(SpoolLog log)
    {
        using var cursor = new SpoolCursor(log, from: null, []);
        var reader = new RecordReader();
        List<(long, string?)> items = [];
        while (cursor.TryRead(log.NextItem, out var item, out var layout, out var record))
        {
            reader.Read(record);
            items.Add((item, reader.Text(0)));
        }

        return items;
    }
}

using Microsoft.Win32.SafeHandles;
using Typed.Tests.Harness.Files;
using Typed.Writing.Spool;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>The files of a spool: what they keep, how they end, and what is said of damage.</summary>
public sealed class SpoolLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Folder => _folder.File("spool");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_outlive_the_log()
    {
        Write(100);
        using (var log = Open())
        {
            Assert.Equal((100, 0), (log.OpenItems, log.Torn));
            Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), Read(log).Select(item => item.Number));
            log.Forget(ItemSet.Of([.. Enumerable.Range(1, 60).Select(i => (long)i)]));
        }

        using var again = Open();
        Assert.Equal((40, 101), (again.OpenItems, again.NextItem));
        Assert.Equal(Enumerable.Range(61, 40).Select(i => ((long)i, $"item {i}")), Read(again));
    }

    [Fact]
    public void A_spool_cut_at_every_byte_of_its_last_record()
    {
        Write(10);
        var path = Segment();
        var whole = File.ReadAllBytes(path);
        var last = Frames(path)[^1];
        Assert.True(whole.Length - last > SpoolFormat.FrameBytes);
        for (var length = last; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using (var log = Open())
            {
                Assert.Equal((length == whole.Length ? 10 : 9, length > last && length < whole.Length ? 1 : 0), (log.OpenItems, log.Torn));
                Assert.Equal(log.OpenItems, Read(log).Count);
            }

            // What is cut off is not found again.
            using (var log = Open())
            {
                Assert.Equal(0, log.Torn);
            }
        }
    }

    [Fact]
    public void A_last_record_of_which_only_some_bytes_came_to_disk()
    {
        Write(10);
        var path = Segment();
        var whole = File.ReadAllBytes(path);
        var last = Frames(path)[^1];
        for (var at = last; at < whole.Length; at++)
        {
            var bytes = new byte[whole.Length + 5_000];
            whole.CopyTo(bytes, 0);
            bytes[at] ^= 0x5A;
            File.WriteAllBytes(path, bytes);
            using var log = Open();
            Assert.Equal((9, 1), (log.OpenItems, log.Torn));
        }
    }

    [Fact]
    public void Damage_in_the_middle_names_file_and_offset()
    {
        Write(10);
        var path = Segment();
        var whole = File.ReadAllBytes(path);
        var frames = Frames(path);
        var (middle, next) = (frames[^5], frames[^4]);
        for (var at = middle; at < next; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 0x5A;
            File.WriteAllBytes(path, bytes);

            var error = Assert.Throws<SpoolException>(Open);

            Assert.Equal((path, (long?)middle), (error.File, error.Offset));
            Assert.Contains("typed spool repair", error.Message, StringComparison.Ordinal);
            Assert.Equal(bytes, File.ReadAllBytes(path));
        }

        File.WriteAllBytes(path, whole);
        using var mended = Open();
        Assert.Equal(10, mended.OpenItems);
    }

    [Fact]
    public void A_segment_that_is_missing_or_has_lost_its_end()
    {
        Write(30_000, maxBytes: 1 << 20);
        var segments = Directory.GetFiles(Folder, "*.spool").Order(StringComparer.Ordinal).ToArray();
        Assert.True(segments.Length >= 3, $"{segments.Length} segments");
        var middle = File.ReadAllBytes(segments[1]);

        File.WriteAllBytes(segments[1], middle[..Frames(segments[1])[^1]]);
        Assert.Contains("missing", Assert.Throws<SpoolException>(Open).Message, StringComparison.Ordinal);
        File.Delete(segments[1]);
        Assert.Contains("missing", Assert.Throws<SpoolException>(Open).Message, StringComparison.Ordinal);
        File.WriteAllBytes(segments[1], [.. middle.Select((one, i) => i == 13 ? (byte)~one : one)]);
        Assert.Contains("header", Assert.Throws<SpoolException>(Open).Message, StringComparison.Ordinal);

        File.WriteAllBytes(segments[1], middle);
        using var log = Open();
        Assert.Equal(30_000, log.OpenItems);
    }

    [Fact]
    public void A_segment_that_was_never_begun()
    {
        Write(10);
        File.WriteAllBytes(Path.Combine(Folder, SpoolFormat.NameOf(2)), new byte[4_096]);

        using var log = Open();

        Assert.Equal((10, 1), (log.OpenItems, log.Torn));
    }

    [Fact]
    public void Segments_are_bounded_and_go_when_they_are_done()
    {
        using var log = Open(maxBytes: 1 << 20);
        var lane = new SpoolLane(1, "test: items");
        long taken = 0;
        while (Append(log, lane, taken + 1))
        {
            taken++;
        }

        var files = Directory.GetFiles(Folder, "*.spool").Select(path => new FileInfo(path).Length).ToArray();
        Assert.True(files.Sum() <= 1 << 20, $"{files.Sum()} bytes");
        Assert.All(files, length => Assert.InRange(length, 1, 1 << 17));
        Assert.True(files.Length >= 7);
        Assert.True(log.Bytes > 800_000);

        var oldest = log.Whole()[0].OpenFrom(0);
        log.Forget(oldest);

        Assert.Equal(files.Length - 1, Directory.GetFiles(Folder, "*.spool").Length);
        Assert.True(Append(log, lane, taken + 1));
        Assert.Equal(taken + 1 - oldest.Count, log.OpenItems);
        log.Forget(ItemSet.Of([.. Enumerable.Range(1, (int)taken + 1).Select(i => (long)i)]));
        Assert.Equal((0, 0), (log.OpenItems, log.Bytes));
    }

    [Fact]
    public async Task Space_is_given_back_behind_an_item_that_is_not_done()
    {
        var lane = new SpoolLane(1, "test: items");
        var writer = Guid.NewGuid();
        long taken = 0;
        using (var log = Open(maxBytes: 1 << 20))
        {
            while (Append(log, lane, taken + 1))
            {
                taken++;
            }

            // What is said of the second item stands in the last segment.
            log.Begin(writer, 1, ItemSet.Of(2));
            log.End(writer, isApplied: true);
            await log.Syncer.SyncAsync(log.Appended);
            for (var round = 0; round < 20; round++)
            {
                var middle = log.Whole()[1];
                log.Forget(middle.OpenFrom(0));
                Assert.True(Append(log, lane, taken + 1));
                while (Append(log, lane, ++taken + 1))
                {
                    // Until it is full again.
                }

                await log.Syncer.SyncAsync(log.Appended);
            }

            Assert.True(Directory.GetFiles(Folder, "*.spool").Sum(path => new FileInfo(path).Length) <= (1 << 20) + (1 << 16));
        }

        using var again = Open(maxBytes: 1 << 20);
        var left = Read(again);
        Assert.Equal(again.OpenItems, left.Count);
        Assert.Equal((1, "item 1"), left[0]);
        Assert.DoesNotContain(left, item => item.Number == 2);
        Assert.Equal((taken, $"item {taken}"), left[^1]);
    }

    // A feeder starts where the first item stood that is on disk alone; by then others may have dropped that item and all of its segment.
    [Fact]
    public void Reading_begins_behind_what_was_dropped_in_the_meantime()
    {
        using var log = Open(maxBytes: 1 << 20);
        var lane = new SpoolLane(1, "test: items");
        Assert.True(Append(log, lane, 1));
        Assert.True(Append(log, lane, 2, out var second));
        long taken = 2;
        while (Append(log, lane, taken + 1))
        {
            taken++;
        }

        var dropped = log.Whole()[0].OpenFrom(0);
        log.Forget(dropped);
        Assert.False(File.Exists(second.Segment.Path));

        using var cursor = new SpoolCursor(log, second, [lane]);
        Assert.True(cursor.TryRead(log.NextItem, out var item, out var layout, out _));
        Assert.Equal((dropped.Count + 1, "test: items"), (item, layout));
    }

    [Fact]
    public void The_flush_that_was_under_way_is_known()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        using (var log = Open())
        {
            var lane = new SpoolLane(1, "test: items");
            for (var i = 1; i <= 30; i++)
            {
                Append(log, lane, i);
            }

            log.Begin(one, 1, ItemSet.Of([1, 2, 3, 7]));
            log.End(one, isApplied: true);
            log.Begin(one, 2, ItemSet.Of([4, 5]));
            log.End(one, isApplied: false);
            log.Begin(one, 4, ItemSet.Of([4]));
            log.Begin(other, 9, ItemSet.Of([10, 11, 12]));
            log.End(other, isApplied: true);
        }

        using var again = Open();
        var (writer, flush) = Assert.Single(again.OpenFlushes);
        Assert.Equal((one, 4, 4), (writer, flush.Sequence, flush.Items.First));
        Assert.Equal(23, again.OpenItems);
        again.End(one, isApplied: true);
        Assert.Equal((long[])[5, 6, 8, 9, .. Enumerable.Range(13, 18).Select(i => (long)i)], Read(again).Select(item => item.Number));
    }

    [Fact]
    public async Task A_full_disk_takes_nothing_half_and_goes_on_when_there_is_room()
    {
        var disk = new SmallDisk { Left = 200_000 };
        var accepted = 0L;
        var (lane, writer) = (new SpoolLane(1, "test: items"), Guid.NewGuid());
        using (var log = new SpoolLog(new() { Folder = Folder, Disk = disk }))
        {
            var error = Assert.Throws<SpoolException>(() =>
            {
                while (Append(log, lane, accepted + 1))
                {
                    accepted++;
                }
            });
            Assert.Contains(Folder, error.Message, StringComparison.Ordinal);
            Assert.IsType<IOException>(error.InnerException);
            Assert.True(accepted > 1_000, $"{accepted} items");
            Assert.Throws<SpoolException>(() => Append(log, lane, accepted + 1));

            // What is said of flushes finds room all the same.
            for (var flush = 0; flush < 10; flush++)
            {
                log.Begin(writer, flush + 1, ItemSet.Of([.. Enumerable.Range((flush * 100) + 1, 100).Select(i => (long)i)]));
                log.End(writer, isApplied: true);
            }

            await log.Syncer.SyncAsync(log.Appended);
            disk.Left = 1 << 22;
            Assert.True(Append(log, lane, accepted + 1));
            accepted++;
        }

        using var again = Open();
        Assert.Equal(accepted - 1_000, again.OpenItems);
        Assert.Equal(accepted, Read(again)[^1].Number);
    }

    [Fact]
    public async Task A_disk_that_fails_is_not_trusted_again()
    {
        var disk = new SmallDisk { Left = 1 << 22 };
        using var log = new SpoolLog(new() { Folder = Folder, Disk = disk });
        var lane = new SpoolLane(1, "test: items");
        Assert.True(Append(log, lane, 1));
        await log.Syncer.SyncAsync(log.Appended);
        disk.Fails = true;
        Assert.True(Append(log, lane, 2));

        await Assert.ThrowsAsync<SpoolException>(() => log.Syncer.SyncAsync(log.Appended));

        disk.Fails = false;
        await Assert.ThrowsAsync<SpoolException>(() => log.Syncer.SyncAsync(log.Appended));
        Assert.Throws<SpoolException>(() => Append(log, lane, 3));
    }

    [Fact]
    public void Sets_of_items()
    {
        var random = new Random(3);
        var payload = new PayloadWriter();
        for (var round = 0; round < 200; round++)
        {
            List<long> items = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => random.NextInt64(1, 500)).Distinct()];
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
            var truth = items.Order().ToArray();

            var set = ItemSet.Of(items);
            payload.Begin(FrameKind.Forgotten);
            set.Write(payload);
            var reader = new PayloadReader(payload.Written[1..]);
            var read = ItemSet.Read(ref reader);

            Assert.Equal(truth, Numbers(set));
            Assert.Equal(truth, Numbers(read));
            Assert.Equal(truth.Length, read.Count);
            Assert.Equal(truth.Where(item => item >= 250), Numbers(read.From(250)));
        }
    }

    private static IEnumerable<long> Numbers(ItemSet set) => set.Runs.SelectMany(run => Enumerable.Range(0, (int)run.Count).Select(i => run.First + i));

    private static bool Append(SpoolLog log, SpoolLane lane, long number) => Append(log, lane, number, out _);

    private static bool Append(SpoolLog log, SpoolLane lane, long number, out SpoolPlace place)
    {
        var record = RecordWriter.OfThread;
        lane.Begin(record.Payload);
        record.Text($"item {number}");
        lock (log.Sync)
        {
            return log.TryAppend(lane, record.Payload.Written, out place);
        }
    }

    private static List<(long Number, string Text)> Read(SpoolLog log)
    {
        using var cursor = new SpoolCursor(log, from: null, []);
        var reader = new RecordReader();
        List<(long, string)> items = [];
        while (cursor.TryRead(log.NextItem, out var item, out var layout, out var record))
        {
            Assert.Equal("test: items", layout);
            reader.Read(record);
            items.Add((item, reader.Text(0)));
        }

        return items;
    }

    private static List<int> Frames(string path)
    {
        using var reader = new FrameReader(path);
        reader.Header();
        List<int> frames = [];
        while (reader.TryRead(out _))
        {
            frames.Add(reader.Frame);
        }

        return frames;
    }

    private void Write(int count, long maxBytes = 1 << 30)
    {
        using var log = Open(maxBytes);
        var lane = new SpoolLane(1, "test: items");
        for (var i = 1; i <= count; i++)
        {
            Assert.True(Append(log, lane, i));
        }
    }

    private SpoolLog Open() => Open(1 << 30);

    private SpoolLog Open(long maxBytes) => new(new() { Folder = Folder, MaxBytes = maxBytes });

    private string Segment() => Assert.Single(Directory.GetFiles(Folder, "*.spool"));
}

/// <summary>A disk with little room, which may fail.</summary>
internal sealed class SmallDisk : SpoolDisk
{
    public long Left { get; set; }

    public bool Fails { get; set; }

    public override SafeFileHandle Create(string path, int size)
    {
        if (size > Left)
        {
            throw new IOException("No space left on device");
        }

        Left -= size;
        return base.Create(path, size);
    }

    public override void Sync(SafeFileHandle file)
    {
        if (Fails)
        {
            throw new IOException("Input/output error");
        }

        base.Sync(file);
    }
}

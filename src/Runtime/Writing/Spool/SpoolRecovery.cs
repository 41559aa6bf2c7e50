using System.Globalization;

namespace Typed.Writing.Spool;

/// <summary>
/// Reads a spool when it is opened: which items are not done, and of which flushes the end is not known. Cuts off what a loss of power has torn.
/// </summary>
internal sealed class SpoolRecovery : ISegmentVisitor
{
    private readonly SpoolOptions _options;

    /// <exception cref="SpoolException">It is damaged.</exception>
    public SpoolRecovery(SpoolOptions options)
    {
        _options = options;
        var files = SegmentScan.Files(options.Folder);
        Identity = SpoolIdentity.Read(options.Folder) ?? Create(files);
        for (var i = 0; i < files.Count; i++)
        {
            Read(files[i].Number, files[i].Path, isLast: i == files.Count - 1);
        }

        RemoveDone();
    }

    public SpoolIdentity Identity { get; }

    public List<Segment> Segments { get; } = [];

    public Dictionary<Guid, OpenFlush> Flushes { get; } = [];

    public long LastNumber { get; private set; }

    public long NextItem { get; private set; } = 1;

    public int Torn { get; private set; }

    /// <summary>How many frames say what becomes of items.</summary>
    public long Said { get; private set; }

    void ISegmentVisitor.Begin(Segment segment, SegmentHeader header)
    {
        if (Segments.Count > 0 && (segment.Number != LastNumber + 1 || segment.FirstItem != NextItem))
        {
            throw Damage(
                Segments[^1].Path, Segments[^1].Used,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"items {NextItem} to {segment.FirstItem - 1} are missing before {SpoolFormat.NameOf(segment.Number)}"));
        }

        Segments.Add(segment);
        Said = header.Said;
    }

    void ISegmentVisitor.Frame(Segment segment, FrameKind kind, ref PayloadReader payload) => Take(segment, kind, ref payload);

    /// <summary>The exception of damage.</summary>
    public static SpoolException Damage(string path, long offset, string reason) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The spool is damaged: {path}, offset {offset}: {reason}. 'typed spool show {Path.GetDirectoryName(path)}' shows what it holds, and "
            + $"'typed spool repair' sets the damaged part aside and keeps the rest."))
    {
        File = path, Offset = offset,
    };

    private void Take(Segment segment, FrameKind kind, ref PayloadReader payload)
    {
        switch (kind)
        {
            case FrameKind.Item:
                segment.Count++;
                break;

            case FrameKind.Time:
                segment.Note(payload.Signed());
                break;

            case FrameKind.Flush:
                Said = payload.Fixed64();
                var writer = payload.Guid();
                Flushes[writer] = new(payload.Signed(), ItemSet.Read(ref payload));
                break;

            case FrameKind.Ended:
                Said = payload.Fixed64();
                if (Flushes.Remove(payload.Guid(), out var flush) && payload.Signed() == flush.Sequence && payload.Byte() == 1)
                {
                    Forget(flush.Items);
                }

                break;

            case FrameKind.Forgotten:
                Said = payload.Fixed64();
                Forget(ItemSet.Read(ref payload));
                break;

            case FrameKind.Lane or FrameKind.Gap:
                break;

            default:
                throw new SpoolException($"{segment.Path} holds frames of kind {(int)kind}, which this program does not know: update it.");
        }
    }

    private void Read(long number, string path, bool isLast)
    {
        var segment = SegmentScan.Read(_options.Folder, number, Identity.Id, this, out var end);
        if (isLast && end.IsTorn && segment is null)
        {
            // The power went while it was made: nothing was in it.
            File.Delete(path);
            Torn++;
            return;
        }

        if (end.IsDamaged || (end.IsTorn && !isLast))
        {
            throw Damage(path, end.Used, end.Reason ?? "it ends with something that is no frame");
        }

        if (end.IsTorn)
        {
            Torn++;
        }

        if (isLast)
        {
            Cut(path, end.Used);
        }

        (LastNumber, NextItem) = (number, segment!.EndItem);
    }

    private static void Cut(string path, int used)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        if (RandomAccess.GetLength(file) > used)
        {
            RandomAccess.SetLength(file, used);
            RandomAccess.FlushToDisk(file);
        }
    }

    private void Forget(ItemSet items)
    {
        foreach (var (first, count) in items.Runs)
        {
            foreach (var segment in Segments)
            {
                segment.Forget(first, count);
            }
        }
    }

    private void RemoveDone()
    {
        var done = Segments.TakeWhile(segment => segment.Open == 0).Count();
        foreach (var segment in Segments.Take(done))
        {
            File.Delete(segment.Path);
        }

        Segments.RemoveRange(0, done);
    }

    private SpoolIdentity Create(IReadOnlyList<(long Number, string Path)> files)
    {
        if (files.Count > 0)
        {
            var path = Path.Combine(_options.Folder, SpoolFormat.IdentityFile);
            throw new SpoolException($"{path} is missing, and {_options.Folder} holds segments of a spool. 'typed spool repair' makes another one from them.")
            {
                File = path, Offset = 0,
            };
        }

        var identity = new SpoolIdentity { Id = Guid.NewGuid() };
        identity.Write(_options.Folder, _options.Disk);
        return identity;
    }
}

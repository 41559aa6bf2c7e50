namespace Typed.Writing.Spool;

/// <summary>Takes what a segment holds, in order.</summary>
internal interface ISegmentVisitor
{
    /// <summary>A segment begins.</summary>
    void Begin(Segment segment, SegmentHeader header);

    /// <summary>A frame; the payload is valid during the call.</summary>
    void Frame(Segment segment, FrameKind kind, ref PayloadReader payload);
}

/// <summary>How a segment ends.</summary>
/// <param name="Used">Where its frames end, or where the first damage is.</param>
/// <param name="IsTorn">Whether something is behind the frames that is none, and no frame after it.</param>
/// <param name="Next">Where the next frame is after damage; null where none is.</param>
/// <param name="Reason">What is wrong; null: nothing, or it is torn.</param>
internal readonly record struct SegmentEnd(int Used, bool IsTorn, int? Next, string? Reason)
{
    public bool IsDamaged => Reason is not null;
}

/// <summary>Reads segments from beginning to end, and finds what is wrong with them.</summary>
internal static class SegmentScan
{
    /// <summary>The segments of a folder in order.</summary>
    public static IReadOnlyList<(long Number, string Path)> Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*" + SpoolFormat.Extension)
            .Select(path => (Number: NumberOf(path), Path: path))
            .Where(file => file.Number > 0)
            .OrderBy(file => file.Number),
    ];

    /// <summary>Reads a segment; null: it has no header.</summary>
    /// <param name="folder">The spool.</param>
    /// <param name="number">The segment's number.</param>
    /// <param name="spool">The spool's id.</param>
    /// <param name="visitor">Takes what it holds.</param>
    /// <param name="end">How it ends.</param>
    /// <exception cref="SpoolException">A later version wrote it.</exception>
    public static Segment? Read(string folder, long number, Guid spool, ISegmentVisitor visitor, out SegmentEnd end)
    {
        var path = Path.Combine(folder, SpoolFormat.NameOf(number));
        using var reader = new FrameReader(path);
        if (!SpoolFormat.TryReadHeader(reader.Header(), out var version, out var header))
        {
            end = new(0, IsTorn: reader.FindFrom(0) is null, Next: null, "its header is damaged");
            return null;
        }

        if (version != SpoolFormat.Version)
        {
            throw new SpoolException($"{path} is of version {version} of the spool, and this program knows version {SpoolFormat.Version}: update it.");
        }

        var segment = new Segment(folder, number, header.FirstItem);
        if (header.Number != number || header.Spool != spool)
        {
            end = new(0, IsTorn: false, Next: null, "it is of another spool, or of another place in this one");
            return segment;
        }

        visitor.Begin(segment, header);
        while (reader.TryRead(out var bytes))
        {
            var payload = new PayloadReader(bytes);
            var kind = (FrameKind)payload.Byte();
            if (kind == FrameKind.Gap)
            {
                segment.Leave((int)payload.Number(), (int)payload.Number());
            }
            else if (reader.Ordinal != segment.Count)
            {
                reader.MoveTo(reader.Frame);
                break;
            }

            visitor.Frame(segment, kind, ref payload);
        }

        segment.Used = reader.Position;
        var next = reader.IsEmptyFrom(reader.Position) ? null : reader.FindFrom(reader.Position);
        end = new(reader.Position, IsTorn: next is null && !reader.IsEmptyFrom(reader.Position), next, next is null ? null : "what stands there is no frame");
        return segment;
    }

    private static long NumberOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), System.Globalization.NumberStyles.None, null, out var number) ? number : 0;
}

namespace Typed.Writing.Spool;

/// <summary>
/// Writes a segment again without its items, which are all done, while one before it is not: what it says of items before it stays, and its space is given
/// back.
/// </summary>
internal static class SegmentHollow
{
    /// <exception cref="IOException">There is no room for what stays.</exception>
    public static void Write(SpoolOptions options, Segment segment)
    {
        List<(int Ordinal, byte[] Payload)> frames = [];
        SegmentHeader header;
        using (var reader = new FrameReader(segment.Path))
        {
            _ = SpoolFormat.TryReadHeader(reader.Header(), out _, out header);
            reader.End = segment.Used;
            while (reader.TryRead(out var payload))
            {
                if ((FrameKind)payload[0] is FrameKind.Flush or FrameKind.Ended or FrameKind.Forgotten)
                {
                    frames.Add(((int)segment.Count, payload.ToArray()));
                }
            }
        }

        var gap = new PayloadWriter();
        gap.Begin(FrameKind.Gap);
        gap.Number(0);
        gap.Number((ulong)segment.Count);
        frames.Insert(0, (0, gap.Written.ToArray()));
        segment.Used = SegmentCopy.Write(options, header, frames);
    }
}

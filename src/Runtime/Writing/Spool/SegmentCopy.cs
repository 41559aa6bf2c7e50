using System.Buffers.Binary;

namespace Typed.Writing.Spool;

/// <summary>Puts a segment of some frames in the place of another, or where none was, on disk when it ends.</summary>
internal static class SegmentCopy
{
    /// <summary>Writes the segment, and gives its bytes.</summary>
    /// <exception cref="IOException">There is no room, or the disk failed.</exception>
    public static int Write(SpoolOptions options, SegmentHeader header, IReadOnlyList<(int Ordinal, byte[] Payload)> frames)
    {
        var bytes = new byte[SpoolFormat.HeaderBytes + frames.Sum(frame => SpoolFormat.FrameBytes + frame.Payload.Length)];
        SpoolFormat.WriteHeader(bytes, header);
        var place = SpoolFormat.HeaderBytes;
        foreach (var (ordinal, payload) in frames)
        {
            SpoolFormat.WriteFrame(bytes.AsSpan(place), place, ordinal, payload);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), payload.Length);
            place += SpoolFormat.FrameBytes + payload.Length;
        }

        var path = Path.Combine(options.Folder, SpoolFormat.NameOf(header.Number));
        using (var file = File.OpenHandle(path + ".new", FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            options.Disk.Sync(file);
        }

        File.Move(path + ".new", path, overwrite: true);
        options.Disk.SyncFolder(options.Folder);
        return bytes.Length;
    }
}

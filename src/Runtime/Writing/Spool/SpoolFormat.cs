using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Typed.Writing.Spool;

/// <summary>
/// How a spool stands on disk. A spool is a folder that one process at a time has:
/// <code>
/// lock              held by the process that has the spool; the system lets it go when that process ends, however it ends
/// identity          text: the spool's id, how often it was opened, the database that it belongs to, the writers that may have flushes under way
/// 0000000001.spool  segments, numbered; at most 64 MiB each, unless one record alone is longer
/// aside/            what repair cut out, and items that the program cannot read any more, each with a text that says why
/// </code>
/// A segment is a header (its number, the number of its first item, the spool's id) and frames: length of the payload, CRC-32C of what follows and of where the
/// frame stands, the number of items of the segment before it, payload. So what stands behind a damaged frame keeps its numbers. A segment in use has its whole
/// length from the beginning, so that a full disk is noticed when it is made; what is not used yet is zero. It is mapped into memory, and appending is a copy:
/// what a process has appended is the system's, and outlives the process. The length is written last, so that a process that is killed leaves no part of a
/// frame; only a machine that loses its power can.
/// <para>
/// Items are numbered through all segments. An item is forgotten when a frame says so: that its flush has ended, or that it was given up. Before a flush is
/// sent, a frame says which items it holds, under which number of which writer, and is brought to disk. So of each writer at most the last such frame is
/// without its end after a crash, and the writer's line in the database says whether that flush was applied: opening the spool again asks it, with a fence that
/// keeps the flush from being applied later, and forgets the items or sends them under a new number. For that the lines of these writers have to stay: they
/// are dated far ahead, where no clean-up of old writers finds them, until the spool does not need them any more.
/// </para>
/// <para>
/// The spool has a line in the database too, under its id. Its number counts the times that the spool was opened: a database without it is another one, and
/// one that has counted further shows that the folder is an old copy, whose items were sent already.
/// </para>
/// </summary>
internal static class SpoolFormat
{
    public const int Version = 1;

    public const string LockFile = "lock";

    public const string IdentityFile = "identity";

    public const string AsideFolder = "aside";

    public const string Extension = ".spool";

    /// <summary>The most bytes of a segment, unless one record alone has more.</summary>
    public const int MostSegmentBytes = 64 << 20;

    /// <summary>The least bytes of a segment.</summary>
    public const int LeastSegmentBytes = 64 << 10;

    public const int HeaderBytes = 56;

    /// <summary>Length, checksum and ordinal of a frame.</summary>
    public const int FrameBytes = 12;

    private static ReadOnlySpan<byte> Magic => "TYPEDSPL"u8;

    /// <summary>The share of a segment that items leave to frames about flushes, so that a full disk keeps nothing from being sent.</summary>
    public static int Reserve(int size) => size / 16;

    public static string NameOf(long segment) => segment.ToString("D10", System.Globalization.CultureInfo.InvariantCulture) + Extension;

    /// <summary>The header of a segment.</summary>
    public static void WriteHeader(Span<byte> into, SegmentHeader header)
    {
        Magic.CopyTo(into);
        BinaryPrimitives.WriteInt32LittleEndian(into[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(into[12..], header.Number);
        BinaryPrimitives.WriteInt64LittleEndian(into[20..], header.FirstItem);
        BinaryPrimitives.WriteInt64LittleEndian(into[28..], header.Said);
        header.Spool.TryWriteBytes(into[36..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(into[52..], Checksum(into[..52], place: 0, ordinal: 0));
    }

    /// <summary>Reads the header of a segment; false: it is none, or damaged.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int version, out SegmentHeader header)
    {
        (version, header) = (0, default);
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic)
            || Checksum(bytes[..52], place: 0, ordinal: 0) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..]))
        {
            return false;
        }

        version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        header = new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]), new Guid(bytes[36..52], bigEndian: true));
        return true;
    }

    /// <summary>Writes a frame into memory of its size, all but its length, which says that it is there.</summary>
    public static void WriteFrame(Span<byte> into, int place, int ordinal, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(into[FrameBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(into[4..], Checksum(payload, (uint)place, (uint)ordinal));
        BinaryPrimitives.WriteInt32LittleEndian(into[8..], ordinal);
    }

    /// <summary>CRC-32C of bytes, of where they stand, and of the number of items before them.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes, uint place, uint ordinal)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, place), ordinal);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}

/// <summary>What a segment says about itself.</summary>
/// <param name="Number">Its number.</param>
/// <param name="FirstItem">The number of its first item.</param>
/// <param name="Said">How many frames before it say what became of items.</param>
/// <param name="Spool">The spool's id.</param>
internal readonly record struct SegmentHeader(long Number, long FirstItem, long Said, Guid Spool);

/// <summary>What a frame is: the first byte of its payload.</summary>
internal enum FrameKind : byte
{
    /// <summary>Declares a lane under a number that items of the segment name: a declared type, as it was when they were written.</summary>
    Lane = 1,

    /// <summary>An item: the number of its lane, and its columns.</summary>
    Item = 2,

    /// <summary>A flush is about to be sent: its place among the frames that say what becomes of items, writer, number, items.</summary>
    Flush = 3,

    /// <summary>A flush has ended: its place likewise, writer, number, and whether it was applied.</summary>
    Ended = 4,

    /// <summary>Items that are written, or will not be, without a flush of their own: its place likewise, items.</summary>
    Forgotten = 5,

    /// <summary>The time by the system's clock, in Unix milliseconds, about once a second.</summary>
    Time = 6,

    /// <summary>Items that a repair could not read: their first ordinal, and their number. What stood there is set aside.</summary>
    Gap = 7,
}

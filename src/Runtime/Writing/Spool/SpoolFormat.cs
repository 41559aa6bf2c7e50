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
/// A segment is a header (its number, the number of its first item, the spool's id) and frames: length of the payload, CRC-32C of the payload and of where it
/// stands, payload. A segment in use has its whole length from the beginning, so that a full disk is noticed when it is made; what is not used yet is zero. It
/// is mapped into memory, and appending is a copy: what a process has appended is the system's, and outlives the process. The length is written last, so that a
/// process that is killed leaves no part of a frame; only a machine that loses its power can.
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

    public const int HeaderBytes = 48;

    /// <summary>Length and checksum of a frame.</summary>
    public const int FrameBytes = 8;

    private static ReadOnlySpan<byte> Magic => "TYPEDSPL"u8;

    /// <summary>The share of a segment that items leave to frames about flushes, so that a full disk keeps nothing from being sent.</summary>
    public static int Reserve(int size) => size / 16;

    public static string NameOf(long segment) => segment.ToString("D10", System.Globalization.CultureInfo.InvariantCulture) + Extension;

    /// <summary>The header of a segment.</summary>
    public static void WriteHeader(Span<byte> into, long segment, long firstItem, Guid spool)
    {
        Magic.CopyTo(into);
        BinaryPrimitives.WriteInt32LittleEndian(into[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(into[12..], segment);
        BinaryPrimitives.WriteInt64LittleEndian(into[20..], firstItem);
        spool.TryWriteBytes(into[28..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(into[44..], Checksum(into[..44], seed: 0));
    }

    /// <summary>Reads the header of a segment; false: it is none, or damaged.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out int version, out long segment, out long firstItem, out Guid spool)
    {
        (version, segment, firstItem, spool) = (0, 0, 0, Guid.Empty);
        if (header.Length < HeaderBytes || !header.StartsWith(Magic) || Checksum(header[..44], seed: 0) != BinaryPrimitives.ReadUInt32LittleEndian(header[44..]))
        {
            return false;
        }

        version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        segment = BinaryPrimitives.ReadInt64LittleEndian(header[12..]);
        firstItem = BinaryPrimitives.ReadInt64LittleEndian(header[20..]);
        spool = new Guid(header[28..44], bigEndian: true);
        return true;
    }

    /// <summary>CRC-32C of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">Where they stand.</param>
    public static uint Checksum(ReadOnlySpan<byte> bytes, uint seed)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, seed);
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

/// <summary>What a frame is: the first byte of its payload.</summary>
internal enum FrameKind : byte
{
    /// <summary>Declares a lane under a number that items of the segment name: a declared type, as it was when they were written.</summary>
    Lane = 1,

    /// <summary>An item: the number of its lane, and its columns.</summary>
    Item = 2,

    /// <summary>A flush is about to be sent: writer, number, items.</summary>
    Flush = 3,

    /// <summary>A flush has ended: writer, number, and whether it was applied.</summary>
    Ended = 4,

    /// <summary>Items that are written, or will not be, without a flush of their own.</summary>
    Forgotten = 5,

    /// <summary>The time by the system's clock, in Unix milliseconds, about once a second.</summary>
    Time = 6,
}

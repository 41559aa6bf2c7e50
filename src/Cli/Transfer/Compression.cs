using System.IO.Compression;

namespace Typed.Cli.Transfer;

/// <summary>How a file is compressed, by its ending. Both formats may be written in pieces, one after the other.</summary>
internal static class Compression
{
    private const int ZstdLevel = 3;

    /// <summary>The file's ending without that of the compression: <c>.ndjson</c> of <c>visits.ndjson.gz</c>.</summary>
    public static string Ending(string file) =>
        Path.GetExtension(IsGzip(file) || IsZstd(file) ? Path.GetFileNameWithoutExtension(file) : file).ToLowerInvariant();

    /// <summary>Writes a piece, which is whole once the result is disposed.</summary>
    public static Stream Write(Stream into, string file) =>
        IsGzip(file) ? new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true)
        : IsZstd(file) ? new ZstdSharp.CompressionStream(into, ZstdLevel, leaveOpen: true)
        : new Piece(into);

    /// <summary>Reads all pieces.</summary>
    public static Stream Read(Stream from, string file) =>
        IsGzip(file) ? new GZipStream(from, CompressionMode.Decompress)
        : IsZstd(file) ? new ZstdSharp.DecompressionStream(from, leaveOpen: false)
        : from;

    private static bool IsGzip(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsZstd(string file) =>
        file.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".zstd", StringComparison.OrdinalIgnoreCase);

    /// <summary>A piece that is not compressed: disposing it leaves the file open.</summary>
    private sealed class Piece(Stream into) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => into.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => into.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => into.Write(buffer);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            into.WriteAsync(buffer, cancellationToken);
    }
}

using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Typed.Writing.Spool;

/// <summary>A segment that frames are appended to, mapped into memory. Calls come under the log's lock, but for those that say otherwise.</summary>
internal sealed unsafe class SegmentWriter : IDisposable
{
    private readonly SpoolDisk _disk;
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _size;

    /// <exception cref="IOException">There is no room.</exception>
    public SegmentWriter(SpoolDisk disk, Segment segment, SegmentHeader header, int size)
    {
        (_disk, _size, Segment) = (disk, size, segment);
        _file = disk.Create(segment.Path, size);
        try
        {
            _map = MemoryMappedFile.CreateFromFile(
                _file, mapName: null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, size, MemoryMappedFileAccess.ReadWrite);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            SpoolFormat.WriteHeader(new Span<byte>(_start, SpoolFormat.HeaderBytes), header);
            segment.Used = SpoolFormat.HeaderBytes;
            disk.SyncFolder(Path.GetDirectoryName(segment.Path)!);
        }
        catch
        {
            _view?.Dispose();
            _map?.Dispose();
            _file.Dispose();
            File.Delete(segment.Path);
            throw;
        }
    }

    public Segment Segment { get; }

    /// <summary>Whether frames with payloads of so many bytes all together find room.</summary>
    /// <param name="payloads">The bytes of the payloads.</param>
    /// <param name="frames">The number of frames.</param>
    /// <param name="isItem">Whether it is an item, which leaves room to frames about flushes.</param>
    public bool HasRoom(int payloads, int frames, bool isItem) =>
        _size - (isItem ? SpoolFormat.Reserve(_size) : 0) - Segment.Used >= payloads + ((long)frames * SpoolFormat.FrameBytes);

    /// <summary>Appends a frame, for which there is room.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        var used = Segment.Used;
        var frame = new Span<byte>(_start + used, SpoolFormat.FrameBytes + payload.Length);
        SpoolFormat.WriteFrame(frame, used, (int)Segment.Count, payload);

        // Last, and at once: a process that is killed before has appended nothing.
        Volatile.Write(ref *(int*)(_start + used), BitConverter.IsLittleEndian ? payload.Length : BinaryPrimitives.ReverseEndianness(payload.Length));
        Segment.Used = used + frame.Length;
    }

    /// <summary>Gives back the space that is not used, where the system allows it of a file that is mapped: nothing is appended any more.</summary>
    public void Trim()
    {
        if (OperatingSystem.IsLinux())
        {
            RandomAccess.SetLength(_file, Segment.Used);
        }
    }

    /// <summary>Brings what was appended to disk. Of any thread, beside appends.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Linux brings mapped pages to disk with their file.
            _view.Flush();
        }

        _disk.Sync(_file);
    }

    /// <summary>Gives back the space that is not used.</summary>
    public void Seal()
    {
        Unmap();
        RandomAccess.SetLength(_file, Segment.Used);
    }

    public void Dispose()
    {
        Unmap();
        _file.Dispose();
    }

    private void Unmap()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }
    }
}

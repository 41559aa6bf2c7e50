using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Typed.Writing.Spool;

/// <summary>What a spool asks of the disk beside reading.</summary>
internal partial class SpoolDisk
{
    private const int ReadOnly = 0;

    public static SpoolDisk System { get; } = new();

    /// <summary>
    /// Makes a file of a size, with all the space that it takes: where that cannot be had later, writing into mapped memory would end the process.
    /// </summary>
    /// <exception cref="IOException">There is no room, or the folder takes no file.</exception>
    public virtual SafeFileHandle Create(string path, int size)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.None, size);
        try
        {
            RandomAccess.SetLength(file, size);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Brings a file to disk.</summary>
    /// <exception cref="IOException">The disk failed: nobody knows what of the file is on it.</exception>
    public virtual void Sync(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    /// <summary>Brings the names in a folder to disk, where the system does not do that by itself.</summary>
    public virtual void SyncFolder(string path)
    {
        // The framework opens no folders.
        if (!OperatingSystem.IsWindows() && Open(path, ReadOnly) is >= 0 and var folder)
        {
            _ = Sync(folder);
            _ = Close(folder);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}

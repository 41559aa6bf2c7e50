using System.Globalization;
using System.Text;

namespace Typed.Writing.Spool;

/// <summary>Keeps other processes from a spool, by a lock of the system that ends with the process.</summary>
internal sealed class SpoolLock : IDisposable
{
    private readonly FileStream _file;

    private SpoolLock(FileStream file) => _file = file;

    /// <exception cref="SpoolException">Somebody has the spool.</exception>
    public static SpoolLock Take(string folder)
    {
        var path = Path.Combine(folder, SpoolFormat.LockFile);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new(file);
        }
        catch (IOException error) when (File.Exists(path) && error is not PathTooLongException)
        {
            throw new SpoolException(
                $"The spool {folder} is in use by another store{Holder(path)}: one store at a time has a spool. Close that one, or give each its own folder.",
                error);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var text = new byte[16];
            var length = RandomAccess.Read(file, text, 0);
            return length > 0 ? $" (process {Encoding.UTF8.GetString(text, 0, length)})" : "";
        }
        catch (IOException)
        {
            // Systems whose locks keep readers out.
            return "";
        }
    }
}

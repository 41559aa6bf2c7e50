using System.Security.Cryptography;
using System.Text;
using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>
/// A locked file beside the database, which the system unlocks when the process ends. The file stays: another process may just have opened it.
/// </summary>
internal sealed class SqliteLease(IAsyncDisposable held) : Lease
{
    /// <summary>Null: another process has it.</summary>
    public static Lease? TryTake(string database, string name)
    {
        var path = $"{database}-lease-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..8])}";
        try
        {
            return new SqliteLease(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public override ValueTask DisposeAsync() => held.DisposeAsync();
}

using System.Collections.Concurrent;

namespace Typed.Sqlite;

/// <summary>What is leased of a database in memory, which belongs to one store.</summary>
internal sealed class MemoryLeases
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    /// <summary>Null: somebody has it.</summary>
    public SqliteLease? TryTake(string name) => _names.TryAdd(name, true) ? new SqliteLease(new Held(_names, name)) : null;

    private sealed class Held(ConcurrentDictionary<string, bool> names, string name) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            names.TryRemove(name, out _);
            return ValueTask.CompletedTask;
        }
    }
}

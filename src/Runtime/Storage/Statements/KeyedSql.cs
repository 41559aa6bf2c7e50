using System.Collections.Concurrent;

namespace Typed.Storage.Statements;

/// <summary>A statement for all keys, for one key, and for several, each text built once.</summary>
/// <param name="build">Gives the text for a number of keys: 0 means all keys, 2 any number from two on.</param>
internal sealed class KeyedSql(Func<int, string> build)
{
    private const int Several = 2;

    private readonly ConcurrentDictionary<int, Sql> _texts = new();

    public Sql For(int keys) => _texts.GetOrAdd(Math.Min(keys, Several), static (n, build) => new Sql(build(n)), build);
}

using System.Collections.Concurrent;

namespace Typed.Storage.Tables;

/// <summary>A statement for one key, and its form for several keys, each text built once.</summary>
/// <param name="build">Gives the text for a number of keys; 0 means all keys.</param>
/// <param name="sameForAll">Whether one text serves any number of keys from two on (array parameters).</param>
internal sealed class KeyedSql(Func<int, string> build, bool sameForAll)
{
    /// <summary>Longer lists of keys are rare enough to build their text again.</summary>
    private const int MaxKept = 64;

    private readonly ConcurrentDictionary<int, Sql> _texts = new();

    public Sql For(int keys)
    {
        var form = keys > 2 && sameForAll ? 2 : keys;
        return form > MaxKept ? new Sql(build(form)) : _texts.GetOrAdd(form, static (n, build) => new Sql(build(n)), build);
    }
}

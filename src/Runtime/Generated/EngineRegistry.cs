using System.Collections.Concurrent;
using System.ComponentModel;

namespace Typed.Generated;

/// <summary>The engines of the assemblies in use. Emitted modules register those that their assemblies reference.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EngineRegistry
{
    private static readonly ConcurrentDictionary<Type, Engine> s_engines = new();

    internal static IReadOnlyCollection<Engine> Registered => [.. s_engines.Values];

    /// <summary>Makes an engine known. Registered twice is registered once.</summary>
    public static void Register<TEngine>()
        where TEngine : Engine, new() => s_engines.GetOrAdd(typeof(TEngine), static _ => new TEngine());
}

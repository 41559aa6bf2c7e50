using System.Collections.Concurrent;

namespace Typed;

/// <summary>
/// The declared types of one assembly. The generator emits one public <c>TypedModule</c> for each assembly with declared types; it registers itself when
/// the assembly is used first, together with the modules of the assemblies it references.
/// </summary>
public abstract class DeclarationModule
{
    private static readonly ConcurrentDictionary<Type, DeclarationModule> s_registered = new();

    /// <summary>The assembly's own declared types.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public abstract IReadOnlyList<Generated.Declaration> Declarations { get; }

    /// <summary>The modules of the assemblies it references.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual IReadOnlyList<DeclarationModule> References => [];

    /// <summary>Whether it is used only where it is named, and is added to the modules in use there.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool IsOnRequest => false;

    /// <summary>Makes a module known to stores that do not choose modules themselves. Emitted module initializers call this.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Register(DeclarationModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var one in module.WithReferences())
        {
            s_registered.TryAdd(one.GetType(), one);
        }
    }

    internal static IReadOnlyCollection<DeclarationModule> Registered => [.. s_registered.Values];

    /// <summary>The modules that count where some are named: they stand for those in use, except that modules on request are added to them.</summary>
    internal static IReadOnlyCollection<DeclarationModule> Choose(IReadOnlyCollection<DeclarationModule> named) =>
        [.. named.All(module => module.IsOnRequest) ? Registered : [], .. named.SelectMany(module => module.WithReferences())];

    /// <summary>The module and all it references, each once.</summary>
    internal IEnumerable<DeclarationModule> WithReferences()
    {
        var seen = new HashSet<Type>();
        var open = new Stack<DeclarationModule>([this]);
        while (open.TryPop(out var module))
        {
            if (seen.Add(module.GetType()))
            {
                yield return module;
                foreach (var reference in module.References)
                {
                    open.Push(reference);
                }
            }
        }
    }
}

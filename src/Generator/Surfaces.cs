using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Typed.Generator.Parsing;

namespace Typed.Generator;

/// <summary>All that declarations can be read from: the project without what stands in the bodies of its methods.</summary>
internal sealed class Surface;

/// <summary>
/// Tells whether a compilation has the surface of the one before. The driver asks for every declared class anew at every keystroke, and nearly every keystroke
/// is inside a method: then what was read before still holds, and nothing is bound.
/// </summary>
internal sealed class Surfaces
{
    private readonly object _lock = new();
    private readonly WeakReference<Compilation?> _latest = new(null);
    private CompilationOptions? _options;
    private string? _name;
    private ImmutableArray<SyntaxTree> _trees = [];
    private ImmutableArray<MetadataReference> _references = [];
    private Surface _surface = new();

    /// <summary>The surface; the same object as for the compilation before where nothing of it changed.</summary>
    public Surface Of(Compilation compilation)
    {
        lock (_lock)
        {
            if (_latest.TryGetTarget(out var latest) && ReferenceEquals(latest, compilation))
            {
                return _surface;
            }

            ImmutableArray<SyntaxTree> trees = [.. compilation.SyntaxTrees];
            if (!IsSame(compilation, trees))
            {
                _surface = new Surface();
            }

            (_options, _name, _trees, _references) = (compilation.Options, compilation.AssemblyName, trees, compilation.ExternalReferences);
            _latest.SetTarget(compilation);
            return _surface;
        }
    }

    private bool IsSame(Compilation compilation, ImmutableArray<SyntaxTree> trees)
    {
        if (_name != compilation.AssemblyName || !Equals(_options, compilation.Options) || trees.Length != _trees.Length
            || !AreSame(_references, compilation.ExternalReferences))
        {
            return false;
        }

        for (var i = 0; i < trees.Length; i++)
        {
            if (!SurfaceComparer.AreSame(_trees[i], trees[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Equal references may have been read from a file that changed since.
    private static bool AreSame(ImmutableArray<MetadataReference> one, ImmutableArray<MetadataReference> two) =>
        one == two || (one.Length == two.Length && one.Zip(two, ReferenceEquals).All(static same => same));
}

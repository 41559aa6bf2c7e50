using Typed.Generated;

namespace Typed.Schema;

/// <summary>The declared types that a model maps. Equal when they are the same types, so that models are shared.</summary>
internal sealed class DeclarationSet : IEquatable<DeclarationSet>
{
    private readonly HashSet<Type> _types;

    public DeclarationSet(IEnumerable<Declaration> declarations)
    {
        // By name, so that models and flushes do not depend on the order in which assemblies load.
        All = [.. declarations.DistinctBy(d => d.Type).OrderBy(d => d.Type.FullName, StringComparer.Ordinal)];
        _types = [.. All.Select(d => d.Type)];
    }

    public IReadOnlyList<Declaration> All { get; }

    public IEnumerable<SeriesDefinition> Series => All.OfType<SeriesDeclaration>().Select(d => d.Definition);

    public IEnumerable<StreamDefinition> Streams => All.OfType<StreamDeclaration>().Select(d => d.Definition);

    public bool Contains(Type type) => _types.Contains(type);

    public bool Equals(DeclarationSet? other) => other is not null && _types.SetEquals(other._types);

    public override bool Equals(object? obj) => Equals(obj as DeclarationSet);

    public override int GetHashCode() => _types.Aggregate(0, (hash, type) => hash ^ type.GetHashCode());

    public override string ToString() => All.Count == 0 ? "none" : string.Join(", ", All.Select(d => d.Type.FullName));
}

namespace Typed.Schema;

/// <summary>The declared types that a model maps. Equal when they are the same types, so that models are shared.</summary>
internal sealed class DeclarationSet : IEquatable<DeclarationSet>
{
    private readonly HashSet<Type> _types;

    public DeclarationSet(IEnumerable<Declaration> declarations)
    {
        // By name, so that models and flushes do not depend on the order in which assemblies load.
        All = [.. declarations.DistinctBy(d => d.Type).OrderBy(d => d.Type.FullName, StringComparer.Ordinal)
            .ThenBy(d => d.Type.Assembly.FullName, StringComparer.Ordinal)];
        _types = [.. All.Select(d => d.Type)];
    }

    public IReadOnlyList<Declaration> All { get; }

    public IEnumerable<SeriesDefinition> Series => All.OfType<SeriesDeclaration>().Select(d => d.Definition);

    public IEnumerable<StreamDefinition> Streams => All.OfType<StreamDeclaration>().Select(d => d.Definition);

    public bool Contains(Type type) => _types.Contains(type);

    public bool Equals(DeclarationSet? other) => other is not null && _types.SetEquals(other._types);

    public override bool Equals(object? obj) => Equals(obj as DeclarationSet);

    public override int GetHashCode() => _types.Aggregate(0, (hash, type) => hash ^ type.GetHashCode());

    public override string ToString() => List(asked: null);

    /// <summary>A type's name; with its assembly where the set has another type of that name, from a file that two assemblies compile.</summary>
    public string NameOf(Type type) => All.Any(d => IsTwin(d.Type, type)) ? WithAssembly(type) : type.FullName!;

    /// <summary>The names of the set's types, told apart from each other and from a type that was asked for.</summary>
    public string List(Type? asked) =>
        All.Count == 0 ? "none" : string.Join(", ", All.Select(d => IsTwin(d.Type, asked) ? WithAssembly(d.Type) : NameOf(d.Type)));

    /// <summary>Whether two types have one name, and only their assemblies tell them apart.</summary>
    public static bool IsTwin(Type type, Type? other) => type != other && string.Equals(type.FullName, other?.FullName, StringComparison.Ordinal);

    /// <summary>The name with the assembly.</summary>
    public static string WithAssembly(Type type) => $"{type.FullName} of assembly {type.Assembly.GetName().Name}";
}

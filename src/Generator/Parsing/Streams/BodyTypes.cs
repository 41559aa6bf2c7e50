using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The types that a body has been found to reach, and what the parsers of its parts ask about them.</summary>
internal sealed class BodyTypes(Compilation compilation, DeclaredSymbol declared, string naming)
{
    /// <summary>In place of a type's index: events cannot hold the type.</summary>
    public const int Unsupported = -1;

    /// <summary>So many of one generic class inside each other, each with deeper arguments than the one before, will not come to an end.</summary>
    private const int MaxGrowth = 4;

    private readonly List<BodyType?> _types = [];
    private readonly List<ISymbol> _used = [];
    private readonly Dictionary<ITypeSymbol, int> _known = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ITypeSymbol, int> _selves = new(SymbolEqualityComparer.Default);
    private readonly List<(int Index, INamedTypeSymbol Type)> _open = [];

    public Compilation Compilation => compilation;

    /// <summary>How members are named in JSON: a member of <c>JsonNaming</c>.</summary>
    public string Naming => naming;

    /// <summary>The symbols that emitted code will speak of.</summary>
    public IReadOnlyList<ISymbol> Used => _used;

    public BodyModel ToModel() => new(_types.Select(type => type!).ToEquatableArray());

    public void Report(DiagnosticDescriptor rule, ISymbol symbol, params object[] arguments) =>
        declared.Report(rule, declared.PlaceInSource(symbol), arguments);

    /// <summary>Takes note of a symbol that emitted code will speak of.</summary>
    public void Use(ISymbol symbol)
    {
        _used.Add(symbol);
        foreach (var argument in (symbol as INamedTypeSymbol)?.TypeArguments ?? [])
        {
            Use(argument);
        }
    }

    /// <summary>Whether emitted code may name the symbol; a member of an instance, through the type that it is seen as.</summary>
    public bool IsAccessible(ISymbol symbol, ITypeSymbol? through = null) => compilation.IsSymbolAccessibleWithin(symbol, declared.Type, through);

    /// <summary>The type, or one that it is made of, that emitted code cannot name because its reference has an alias only; null: there is none.</summary>
    public INamedTypeSymbol? FindAliased(ITypeSymbol type) => References.FindAliased(type, declared.Type.ContainingAssembly);

    /// <summary>Whether the generator itself adds the type to this project.</summary>
    public bool IsEmittedHere(INamedTypeSymbol type) =>
        type.IsEmitted() && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, declared.Type.ContainingAssembly);

    /// <summary>Whether the class holds itself with ever deeper type arguments, as <c>Node&lt;T&gt;</c> with a <c>Node&lt;List&lt;T&gt;&gt;</c> does.</summary>
    public bool IsGrowing(INamedTypeSymbol type)
    {
        var depth = Depth(type);
        return _open.Count(open =>
            open.Type.OriginalDefinition.Equals(type.OriginalDefinition, SymbolEqualityComparer.Default) && Depth(open.Type) < depth) >= MaxGrowth;
    }

    /// <summary>Whether the object is being parsed, so that what leads back to it is recursive.</summary>
    public bool IsOpen(int index) => _open.Exists(open => open.Index == index);

    /// <summary>The type of that index; of an object that is still open only that it is one.</summary>
    public BodyType Get(int index) => _types[index] ?? new BodyType(BodyKind.Object, string.Empty, IsValueType: false);

    public bool TryFind(ITypeSymbol type, out int index) => _known.TryGetValue(type, out index);

    /// <summary>Adds a type, unless its own parts led to it before, and returns its index.</summary>
    public int Add(ITypeSymbol type, BodyType? model)
    {
        if (_known.TryGetValue(type, out var known))
        {
            return known;
        }

        Use(type);
        _types.Add(model);
        _known.Add(type, _types.Count - 1);
        return _types.Count - 1;
    }

    /// <summary>Adds a type that only one member has.</summary>
    public int AddOwn(BodyType model)
    {
        _types.Add(model);
        return _types.Count - 1;
    }

    /// <summary>Adds an object, open until its members are parsed.</summary>
    public int AddObject(INamedTypeSymbol type, Func<BodyObject> parse) => Open(type, Add(type, null),
        () => new BodyType(BodyKind.Object, type.FullName(), type.IsValueType, Object: parse()));

    /// <summary>Adds a class that others may stand for, open until those are parsed.</summary>
    public int AddUnion(INamedTypeSymbol type, Func<BodyUnion> parse) => Open(type, Add(type, null),
        () => new BodyType(BodyKind.Union, type.FullName(), type.IsValueType, Union: parse()));

    /// <summary>The same class as an object of its own members, when it is itself meant.</summary>
    public int FindSelf(INamedTypeSymbol type, Func<BodyObject> parse)
    {
        if (!_selves.TryGetValue(type, out var index))
        {
            index = AddOwn(null!);
            _selves.Add(type, index);
            Open(type, index, () => new BodyType(BodyKind.Object, type.FullName(), type.IsValueType, Object: parse()));
        }

        return index;
    }

    private int Open(INamedTypeSymbol type, int index, Func<BodyType> parse)
    {
        _open.Add((index, type));
        var model = parse();
        _open.RemoveAt(_open.Count - 1);
        _types[index] = model;
        return index;
    }

    private static int Depth(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + Depth(array.ElementType),
        INamedTypeSymbol named => named.AllTypeArguments().Select(argument => 1 + Depth(argument)).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
